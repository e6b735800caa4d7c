-- One round of expectation and maximisation over the patterns of a session; u stays.
CREATE OR REPLACE TABLE posterior AS
WITH odds AS (
    SELECT session.*, prior / (1 - prior)
        * coalesce(f.m / f.u, 1) * coalesce(s.m / s.u, 1) * coalesce(d.m / d.u, 1) * coalesce(c.m / c.u, 1) * coalesce(e.m / e.u, 1) AS odds
    FROM session CROSS JOIN session_prior
    LEFT JOIN session_parameter f ON f.field = 'first_name' AND f.level = session.first_name
    LEFT JOIN session_parameter s ON s.field = 'surname' AND s.level = session.surname
    LEFT JOIN session_parameter d ON d.field = 'dob' AND d.level = session.dob
    LEFT JOIN session_parameter c ON c.field = 'city' AND c.level = session.city
    LEFT JOIN session_parameter e ON e.field = 'email' AND e.level = session.email
)
SELECT first_name, surname, dob, city, email, pairs, pairs * odds / (1 + odds) AS matches FROM odds;

CREATE OR REPLACE TABLE session_prior AS SELECT sum(matches) / sum(pairs) AS prior FROM posterior;

CREATE OR REPLACE TABLE session_parameter AS
WITH seen AS (
    UNPIVOT (SELECT first_name, surname, dob, city, email, matches FROM posterior)
    ON first_name, surname, dob, city, email INTO NAME field VALUE level
), learnt AS (
    SELECT field, level, sum(matches) / sum(sum(matches)) OVER (PARTITION BY field) AS m FROM seen WHERE level > 0 GROUP BY field, level
)
SELECT field, level, greatest(coalesce(learnt.m, 0), 1e-9) AS m, u FROM session_parameter LEFT JOIN learnt USING (field, level);
