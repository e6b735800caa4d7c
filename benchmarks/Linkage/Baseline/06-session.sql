-- The start of one training session, as Splink's: the pairs of one blocking rule; its own fields are held out.
CREATE OR REPLACE TABLE session AS SELECT * FROM patterns WHERE {rule};
CREATE OR REPLACE TABLE session_parameter AS SELECT * FROM parameter WHERE field NOT IN ({held});
CREATE OR REPLACE TABLE session_prior AS SELECT 0.5::DOUBLE AS prior;
