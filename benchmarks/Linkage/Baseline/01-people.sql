-- The list as Splink keeps it: folded text, and beside each value its term frequency (its share among the known values).
CREATE OR REPLACE TABLE folded AS
SELECT (row_number() OVER ()) - 1 AS id,
       nullif(lower(strip_accents(first_name)), '') AS first_name,
       nullif(lower(strip_accents(surname)), '') AS surname,
       nullif(dob, '') AS dob,
       nullif(lower(strip_accents(city)), '') AS city,
       nullif(lower(email), '') AS email
FROM source;

CREATE OR REPLACE TABLE tf_first_name AS
SELECT first_name, count(*) / sum(count(*)) OVER () AS tf FROM folded WHERE first_name IS NOT NULL GROUP BY first_name;
CREATE OR REPLACE TABLE tf_surname AS
SELECT surname, count(*) / sum(count(*)) OVER () AS tf FROM folded WHERE surname IS NOT NULL GROUP BY surname;
CREATE OR REPLACE TABLE tf_city AS
SELECT city, count(*) / sum(count(*)) OVER () AS tf FROM folded WHERE city IS NOT NULL GROUP BY city;

CREATE OR REPLACE TABLE people AS
SELECT folded.*, year(try_cast(dob AS DATE)) AS birth_year, tf_first_name.tf AS tf_first_name, tf_surname.tf AS tf_surname, tf_city.tf AS tf_city
FROM folded
LEFT JOIN tf_first_name USING (first_name)
LEFT JOIN tf_surname USING (surname)
LEFT JOIN tf_city USING (city);
DROP TABLE folded;
