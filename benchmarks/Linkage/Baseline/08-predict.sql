-- m is the mean of the sessions that learnt it. The prior: matches expected among all pairs, from the rules' own patterns.
CREATE OR REPLACE TABLE parameter AS
SELECT parameter.field, parameter.level, coalesce(avg(learnt.m), any_value(parameter.m)) AS m, any_value(parameter.u) AS u
FROM parameter LEFT JOIN learnt USING (field, level) GROUP BY parameter.field, parameter.level;

CREATE OR REPLACE TABLE pattern_weight AS
SELECT patterns.first_name, patterns.surname, patterns.dob, patterns.city, patterns.email, patterns.pairs,
       log2(coalesce(f.m / f.u, 1)) + log2(coalesce(s.m / s.u, 1)) + log2(coalesce(d.m / d.u, 1))
     + log2(coalesce(c.m / c.u, 1)) + log2(coalesce(e.m / e.u, 1)) AS weight,
       f.u AS u_first_name, s.u AS u_surname, c.u AS u_city
FROM patterns
LEFT JOIN parameter f ON f.field = 'first_name' AND f.level = patterns.first_name
LEFT JOIN parameter s ON s.field = 'surname' AND s.level = patterns.surname
LEFT JOIN parameter d ON d.field = 'dob' AND d.level = patterns.dob
LEFT JOIN parameter c ON c.field = 'city' AND c.level = patterns.city
LEFT JOIN parameter e ON e.field = 'email' AND e.level = patterns.email;

-- Match weight with term frequencies: where two values agree, the share of this very value takes the place of u.
CREATE OR REPLACE TABLE matches AS
SELECT * FROM (
    SELECT id_l, id_r, {prior} + weight
         + CASE WHEN first_name = 1 THEN log2(u_first_name / greatest(tf_first_name, 2e-6)) ELSE 0 END
         + CASE WHEN surname = 1 THEN log2(u_surname / greatest(tf_surname, 2e-6)) ELSE 0 END
         + CASE WHEN city = 1 THEN log2(u_city / greatest(tf_city, 2e-6)) ELSE 0 END AS weight
    FROM vectors JOIN pattern_weight USING (first_name, surname, dob, city, email)
) scored
WHERE weight >= {threshold};
