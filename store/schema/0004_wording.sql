-- How an article words a post; positions.name is the wording that most articles have.
alter table attestations add column name text not null default '';
alter table attestations add column title text not null default '';
