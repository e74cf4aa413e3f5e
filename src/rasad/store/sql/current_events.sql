SELECT
    event_id, dataset, dataset_event_id, snapshot_id, row, occurred_on, date_precision, published_on, source_actor, target_actor,
    place_country, bears_on, text, cameo, plover_type, plover_mode, context, domain, rung, quad_class, channel, goldstein,
    source_grade, ground, source_url, note
FROM read_parquet($parts, hive_partitioning = false)
ORDER BY occurred_on, dataset_event_id
