-- Comparison levels of each pair: 0 not known, 1 the most alike, upwards to "else". {pairs} is a table of id_l, id_r.
-- A likeness is computed once and only for values that differ; 0.7 and 0.88 are cut-offs below which no level asks.
CREATE OR REPLACE TABLE {vectors} AS
WITH likenesses AS (
    SELECT pair.id_l, pair.id_r,
           l.first_name AS first_name_l, r.first_name AS first_name_r, l.surname AS surname_l, r.surname AS surname_r,
           l.dob AS dob_l, r.dob AS dob_r, l.city AS city_l, r.city AS city_r, l.email AS email_l, r.email AS email_r,
           CASE WHEN l.first_name = r.first_name THEN 2 ELSE jaro_winkler_similarity(l.first_name, r.first_name, 0.7) END AS jw_first_name,
           CASE WHEN l.surname = r.surname THEN 2 ELSE jaro_winkler_similarity(l.surname, r.surname, 0.7) END AS jw_surname,
           CASE WHEN l.dob = r.dob THEN 0 ELSE damerau_levenshtein(l.dob, r.dob) END AS edits_dob,
           CASE WHEN l.city = r.city THEN 2 ELSE jaro_winkler_similarity(l.city, r.city, 0.88) END AS jw_city,
           CASE WHEN l.email = r.email THEN 2 ELSE jaro_winkler_similarity(l.email, r.email, 0.88) END AS jw_email,
           l.tf_first_name, l.tf_surname, l.tf_city
    FROM {pairs} pair
    JOIN people l ON l.id = pair.id_l
    JOIN people r ON r.id = pair.id_r
)
SELECT id_l, id_r,
       (CASE WHEN jw_first_name IS NULL THEN 0 WHEN jw_first_name = 2 THEN 1 WHEN jw_first_name >= 0.92 THEN 2
             WHEN jw_first_name >= 0.88 THEN 3 WHEN jw_first_name >= 0.7 THEN 4 ELSE 5 END)::TINYINT AS first_name,
       (CASE WHEN jw_surname IS NULL THEN 0 WHEN jw_surname = 2 THEN 1 WHEN jw_surname >= 0.92 THEN 2
             WHEN jw_surname >= 0.88 THEN 3 WHEN jw_surname >= 0.7 THEN 4 ELSE 5 END)::TINYINT AS surname,
       (CASE WHEN edits_dob IS NULL THEN 0 WHEN edits_dob = 0 THEN 1 WHEN edits_dob = 1 THEN 2
             WHEN edits_dob = 2 THEN 3 ELSE 4 END)::TINYINT AS dob,
       (CASE WHEN jw_city IS NULL THEN 0 WHEN jw_city = 2 THEN 1 WHEN jw_city >= 0.88 THEN 2 ELSE 3 END)::TINYINT AS city,
       (CASE WHEN jw_email IS NULL THEN 0 WHEN jw_email = 2 THEN 1
             WHEN split_part(email_l, '@', 1) = split_part(email_r, '@', 1) THEN 2
             WHEN jw_email >= 0.88 THEN 3 ELSE 4 END)::TINYINT AS email,
       -- Where the values agree, which is where they are asked for, left and right have one frequency.
       tf_first_name, tf_surname, tf_city
FROM likenesses;
