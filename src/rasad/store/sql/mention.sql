-- The mentions of a batch as they are stored, by the event they mention.
SELECT
    s.key AS mention_key,
    {dataset} AS dataset,
    s.dataset_event_id,
    f.snapshot_id,
    s.row,
    s.event_added_at,
    s.mentioned_at,
    s.mention_type,
    s.publisher,
    s.source_url,
    s.sentence,
    s.confidence,
    s.document_length,
    s.tone,
    s.translation
FROM staged AS s
JOIN file AS f ON f.no = s.no
WHERE s.problem IS NULL AND s.rid NOT IN (SELECT rid FROM same)
ORDER BY s.dataset_event_id, s.mentioned_at
