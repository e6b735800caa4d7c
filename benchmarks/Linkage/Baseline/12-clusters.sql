-- Every record with its cluster; one that was joined with none is a cluster of its own.
CREATE OR REPLACE TABLE clusters AS
SELECT people.id, coalesce(component.root, people.id) AS cluster FROM people LEFT JOIN component USING (id);
