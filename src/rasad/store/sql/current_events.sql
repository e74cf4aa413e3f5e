SELECT *
FROM read_parquet($parts)
ORDER BY occurred_on, dataset_event_id
