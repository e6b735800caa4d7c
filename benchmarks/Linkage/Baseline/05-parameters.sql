-- u: the share of each level among random pairs that know both values. m: a start that falls from level to level.
CREATE OR REPLACE TABLE level_of AS
SELECT * FROM (VALUES ('first_name', 1, 0.8), ('first_name', 2, 0.08), ('first_name', 3, 0.04), ('first_name', 4, 0.04), ('first_name', 5, 0.04),
                      ('surname', 1, 0.8), ('surname', 2, 0.08), ('surname', 3, 0.04), ('surname', 4, 0.04), ('surname', 5, 0.04),
                      ('dob', 1, 0.8), ('dob', 2, 0.1), ('dob', 3, 0.05), ('dob', 4, 0.05),
                      ('city', 1, 0.8), ('city', 2, 0.1), ('city', 3, 0.1),
                      ('email', 1, 0.8), ('email', 2, 0.05), ('email', 3, 0.1), ('email', 4, 0.05)) start(field, level, m);

CREATE OR REPLACE TABLE u_of AS
WITH seen AS (
    UNPIVOT (SELECT first_name, surname, dob, city, email FROM random_vectors)
    ON first_name, surname, dob, city, email INTO NAME field VALUE level
)
SELECT field, level, count(*) / sum(count(*)) OVER (PARTITION BY field) AS u
FROM seen WHERE level > 0 GROUP BY field, level;

CREATE OR REPLACE TABLE parameter AS
-- A level never seen is not impossible: half a pair of the sample.
SELECT field, level, m, coalesce(u, 0.5e-6) AS u FROM level_of LEFT JOIN u_of USING (field, level);

-- The pairs by pattern: training looks at these hundreds of rows, not at millions of pairs.
CREATE OR REPLACE TABLE patterns AS
SELECT first_name, surname, dob, city, email, count(*) AS pairs FROM vectors GROUP BY ALL;
