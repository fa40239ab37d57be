"""Reads the letters of a maildir with foreign parsers and prints what they say, one JSON line a letter."""

import email
import email.policy
import json
import pathlib
import sys

import icalendar


def calendar_of(part):
    calendar = icalendar.Calendar.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    attendees = event.get("ATTENDEE")
    (attendee,) = attendees if isinstance(attendees, list) else [attendees]
    return {
        "header": part["Content-Type"],
        "method": str(calendar["METHOD"]),
        "version": str(calendar["VERSION"]),
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "starts_at": int(event["DTSTART"].dt.timestamp() * 1000),
        "utc": event["DTSTART"].dt.utcoffset().total_seconds() == 0,
        "summary": str(event["SUMMARY"]),
        "location": str(event["LOCATION"]),
        "description": str(event.get("DESCRIPTION", "")),
        "status": str(event["STATUS"]),
        "attendee": str(attendee),
        "attendee_name": str(attendee.params["CN"]),
        "organizer": str(event["ORGANIZER"]),
        "errors": [str(error) for error in event.errors],
    }


for path in sorted(pathlib.Path(sys.argv[1]).glob("new/*")):
    letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    parts = [part for part in letter.walk() if not part.is_multipart()]
    kinds = [part.get_content_type() for part in parts]
    calendars = [part for part in parts if part.get_content_type() == "text/calendar"]
    if not calendars:
        continue
    (part,) = calendars
    (attached,) = [one for one in parts if one.get_filename() == "sitzung.ics"]
    content = attached.get_content()
    same = (content if isinstance(content, str) else content.decode()).split() == part.get_content().split()
    print(json.dumps({
        "to": str(letter["To"]),
        "subject": str(letter["Subject"]),
        "id": str(letter["Message-ID"]),
        "auto": str(letter["Auto-Submitted"]),
        "kinds": kinds,
        "structure": letter.get_content_type(),
        "text": letter.get_body(("plain",)).get_content(),
        "html": letter.get_body(("html",)).get_content(),
        "calendar": calendar_of(part),
        "attached_alike": same,
        "shown_inline": part.get("Content-Disposition") is None,
    }))
