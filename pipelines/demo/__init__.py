"""An invented member whose whole story is known, and the exports the platforms would have written about her.

Belongs here: a deterministic life (who she knows, who wrote when, what of it was recruiting) as plain values, and its two written
forms, LinkedIn's archive and XING's Datenauskunft. It serves the first run, the tests and the benchmarks. Nothing here reads an
export, counts a metric or knows the report; no name, company or sentence belongs to a real person.

    story.py     make_member: puts the parts together, in order
    truth.py     the values a story is made of, with their labels
    rhythm.py    when things happen: years, seasons, weeks, hours
    people.py, names.py, network.py      who there is and how she came to know them
    phrases.py, talks.py, scenes.py      what is written: everyday talk, and the scenes that matter to a job seeker
    feed.py, career.py                   public acts; positions, endorsements, applications
    linkedin.py, xing.py                 the exports
"""

from pipelines.demo.linkedin import write_linkedin
from pipelines.demo.rhythm import AS_OF
from pipelines.demo.story import NAME, SIZES, make_member, write_exports
from pipelines.demo.truth import DemoMember, Size

__all__ = ["AS_OF", "NAME", "SIZES", "DemoMember", "Size", "make_member", "write_exports", "write_linkedin"]
