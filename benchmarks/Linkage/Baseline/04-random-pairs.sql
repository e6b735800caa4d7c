-- Pairs taken at random, to count how often levels hold for records of two persons (u).
CREATE OR REPLACE TABLE random_pairs AS
SELECT (hash(i) % {records})::BIGINT AS id_l, (hash(i + 1_000_000_007) % {records})::BIGINT AS id_r
FROM range(1_000_000) drawn(i)
WHERE id_l <> id_r;
