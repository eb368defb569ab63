-- Views for people: made anew at every migration, readable in plain sqlite3, no functions of ours.

-- Which things an article names, under which spellings, how often.
create view article_entities as
select
    a.id as article_id,
    a.source as source,
    e.kind as kind,
    e.name as name,
    m.surface as surface,
    count(*) as mentions
from mentions m
join sentences s on s.id = m.sentence_id
join articles a on a.id = s.article_id
join entities e on e.id = m.entity_id
group by a.id, e.id, m.surface;

-- Who wrote an article and who took its pictures.
create view article_authors as
select
    a.id as article_id,
    a.source as source,
    w.name as author,
    w.role as role
from authors w
join articles a on a.id = w.article_id;

-- Which posts a person is said to hold or have held, on which day, in which sentence. `position` is the article's wording, `post` the one
-- most articles have: `Chủ tịch Ủy ban nhân dân TP. HCM`, `Chủ tịch UBND TP. HCM`.
create view person_positions as
select
    p.name as person,
    coalesce(nullif(t.name, ''), q.name) as position,
    q.title as title,
    o.name as organization,
    t.status as status,
    t.attested_on as attested_on,
    t.earliest as earliest,
    t.latest as latest,
    a.id as article_id,
    a.source as source,
    s.id as sentence_id,
    s.text as sentence,
    q.name as post
from attestations t
join entities p on p.id = t.person_id
join positions q on q.id = t.position_id
left join entities o on o.id = q.organization_id
join sentences s on s.id = t.sentence_id
join articles a on a.id = s.article_id;

-- Who is named in a post, and on which days first and last; never a term of office.
create view position_holders as
select
    q.name as position,
    p.name as person,
    min(t.attested_on) as first_attested,
    coalesce(max(case when t.earliest is not null then t.attested_on end), max(t.attested_on)) as last_attested,    -- `XXXX-12-30` is not the last
    count(distinct s.article_id) as articles
from attestations t
join entities p on p.id = t.person_id
join positions q on q.id = t.position_id
join sentences s on s.id = t.sentence_id
where t.status = 'held'
group by q.id, p.id;

-- Who took part in which event, in which role, with which post.
create view event_participants as
select
    e.id as event_id,
    a.source as source,
    e.kind as kind,
    e.name as event,
    e.date as date,
    e.time_of_day as time_of_day,
    l.name as place,
    r.role as role,
    r.name as participant,
    x.kind as participant_kind,
    q.name as position
from participations r
join events e on e.id = r.event_id
join articles a on a.id = e.article_id
join entities x on x.id = r.entity_id
left join entities l on l.id = e.place_id
left join positions q on q.id = r.position_id;

-- Where a document is named.
create view document_mentions as
select
    e.name as document,
    d.number as number,
    d.kind as kind,
    a.id as article_id,
    a.source as source,
    s.text as sentence
from mentions m
join entities e on e.id = m.entity_id
join documents d on d.entity_id = e.id
join sentences s on s.id = m.sentence_id
join articles a on a.id = s.article_id;
