"""Messages on their way: one file each and its state, so that nothing is lost and nothing goes out twice.

Belongs here: the outbox folder, the states of a message, when it is tried again, and what a transport must do. How a server is
spoken to is in smtp.py; what a message says and who gets it is in delivery.py.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

from pipelines.files import locked, private_folder, replace_file
from pipelines.message import address, message_id, recipient_copy, sent_by, to_bytes
from pipelines.problem import N_, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Generator
    from email.message import EmailMessage
    from pathlib import Path

State = Literal["waiting", "sending", "sent", "refused", "unknown"]
# Tried to the end: nothing more is done by itself.
SETTLED = ("sent", "refused", "unknown")

_PAUSES = (timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60), timedelta(minutes=180))


class Refused(Exception):  # noqa: N818
    """The server will never take this message; `str()` is its reply."""


class Deferred(Exception):  # noqa: N818
    """The server does not take this message now; `str()` is its reply or what the network said.

    `everything` is true where the next message would fare no better, because the server itself cannot be reached.
    """

    def __init__(self, reply: str, *, everything: bool = False) -> None:
        super().__init__(reply)
        self.everything = everything


class Unclear(Exception):  # noqa: N818
    """The whole message was handed over, but the server's answer never came: it may have arrived."""


class Transport(Protocol):
    """What carries a message to one recipient."""

    @property
    def sender(self) -> str:
        """The mailbox that mails come from, with or without a display name."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc_info: object) -> None: ...

    def send(self, message: bytes, sender: str, recipient: str) -> None:
        """Return when the server has taken the message; else raise Refused, Deferred, Unclear, or Problem for wrong settings."""
        ...


@dataclass(frozen=True)
class Entry:
    """The state file of one message; times are ISO 8601 in UTC."""

    member: str
    week: str
    recipient: str
    kind: str
    message_id: str
    state: State = "waiting"
    attempts: int = 0
    first_tried: str | None = None
    last_tried: str | None = None
    next_try: str | None = None
    last_reply: str | None = None
    # What its mail gives to whoever takes requests to send no more, and nobody else can compute.
    stop_id: str | None = None

    @property
    def id(self) -> str:
        """The name of its two files."""
        return self.message_id[1:].partition("@")[0]

    def due(self, now: datetime) -> bool:
        """Whether it waits and its time has come."""
        return self.state == "waiting" and (self.next_try is None or datetime.fromisoformat(self.next_try) <= now)


@dataclass(frozen=True)
class Outcome:
    """What became of one message, as a sentence: an English message id and its values, like a Problem."""

    recipient: str
    state: State
    text: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.values)


class Outbox:
    """A folder of messages. A lock, held for one message at a time, keeps two senders from the same one.

    `key` is the installation's secret, without which ids that stop mails can be computed by anybody who knows whose they are.
    `patience`: seconds to wait for whoever holds the lock; by default longer than the slowest answer of a server.
    """

    def __init__(self, folder: Path, *, key: bytes = b"", patience: float = 240.0) -> None:
        self.folder = folder
        self._key = key
        self._patience = patience

    def add(
        self,
        message: EmailMessage | bytes,
        *,
        member: str,
        week: str,
        recipient: str,
        now: datetime,
        kind: str = "report",
        again: bool = False,
    ) -> Entry:
        """Put the message for one recipient, dated `now`, into the outbox and return its entry.

        The same member, week, recipient and kind is the same message whatever its content: one that waits is replaced, one that was
        tried to the end stays as it is unless `again` makes it wait anew. Raises Problem for a bad address or an unwritable folder.
        """
        recipient = address(recipient)
        identity = message_id(member, week, recipient, kind)
        stop_id = hmac.new(self._key, identity.encode(), hashlib.sha256).hexdigest()[:40]
        content = to_bytes(recipient_copy(message, recipient, identity, now, stop_id))
        entry = Entry(member, week, recipient, kind, identity)
        with self._locked():
            if known := self._read(entry.id):
                entry = self._abandoned(known)
                if again:
                    entry = replace(entry, state="waiting", attempts=0, next_try=None)
            if entry.state == "waiting":
                entry = replace(entry, stop_id=stop_id)
                self._write(f"{entry.id}.eml", content)
                self._save(entry)
        return entry

    def settled(self, *, member: str, week: str, recipient: str, kind: str = "report") -> Entry | None:
        """Return the entry of a message that was tried to the end, so that nobody need make it once more; else None."""
        entry = self._read(message_id(member, week, address(recipient), kind)[1:].partition("@")[0])
        return entry if entry and entry.state in SETTLED else None

    def withdraw(self, *, member: str, week: str, recipient: str, kind: str = "report") -> None:
        """Remove a message that waits, for nobody may get it any more; one that was tried to the end stays as it is."""
        with self._locked():
            entry = self._read(message_id(member, week, address(recipient), kind)[1:].partition("@")[0])
            if entry and entry.state == "waiting":
                for ending in ("eml", "json"):
                    (self.folder / f"{entry.id}.{ending}").unlink(missing_ok=True)

    def entries(self) -> list[Entry]:
        """Every message of the outbox, ordered by week, member and recipient."""
        return self._entries([path.stem for path in self.folder.glob("*.json")])

    def deliver(self, transport: Transport, now: datetime, only: Collection[str] | None = None) -> list[Outcome]:
        """Send what waits and is due, or of it `only` the messages with these ids, and say what became of each.

        Without `only` those that were finished earlier are passed over in silence. Raises Problem when the settings are wrong (login
        refused, certificate not trusted): the message waits on, and nothing else is tried.
        """
        if only is None:
            wanted = [entry for entry in self.entries() if entry.state in ("waiting", "sending")]
        else:
            wanted = self._entries(only)
        outcomes, reachable = [], True
        with transport:
            for entry in wanted:
                try:
                    with self._locked():
                        entry = current = self._abandoned(self._read(entry.id) or entry)  # noqa: PLW2901
                        if reachable and current.due(now):
                            entry, reachable = self._try(current, transport, now)  # noqa: PLW2901
                    outcomes.append(self.outcome(entry, now, tried=entry.state != current.state))
                except _Busy:
                    outcomes.append(self.outcome(entry, now))
        return outcomes

    def outcome(self, entry: Entry, now: datetime, *, tried: bool = False) -> Outcome:
        """Say where a message stands; `tried` when it got there just now."""
        values: dict[str, object] = {"week": entry.week, "recipient": entry.recipient, "folder": self.folder}
        match entry.state:
            case "sent" if tried:
                text = N_("The report of {week} was sent to {recipient}.")
            case "sent":
                text = N_("The report of {week} was sent to {recipient} on {when} already; --again sends it once more.")
                values["when"] = _shown(entry.last_tried, now)
            case "refused":
                text = N_("The mail server refused the report of {week} for {recipient} for good: {reply}")
                values["reply"] = entry.last_reply
            case "unknown":
                text = N_(
                    "Whether the report of {week} reached {recipient} is not known, because sending ended before the mail "
                    "server answered; --again sends it once more."
                )
            case "sending":
                text = N_("The report of {week} for {recipient} is being sent by another run just now.")
            case _ if entry.next_try:
                text = N_(
                    "The report of {week} for {recipient} waits in {folder} and can be tried again from {when} on; "
                    "the last try ended with: {reply}"
                )
                values |= {"when": _shown(entry.next_try, now), "reply": entry.last_reply}
            case _:
                text = N_("The report of {week} for {recipient} waits in {folder} for the next delivery.")
        return Outcome(entry.recipient, entry.state, text, values)

    def _try(self, entry: Entry, transport: Transport, now: datetime) -> tuple[Entry, bool]:
        """Try one message; return its entry and whether the server could be reached."""
        stamp = _stamp(now)
        try:
            content, sender = sent_by((self.folder / f"{entry.id}.eml").read_bytes(), transport.sender)
        except FileNotFoundError:
            raise Problem(
                "The message for {recipient} is missing from {folder}; run the command that sends its report again.",
                recipient=entry.recipient,
                folder=self.folder,
            ) from None
        tried = replace(
            entry,
            state="sending",
            attempts=entry.attempts + 1,
            first_tried=entry.first_tried or stamp,
            last_tried=stamp,
            next_try=None,
        )
        self._save(tried)
        reachable = True
        try:
            transport.send(content, sender, entry.recipient)
        except Refused as refused:
            tried = replace(tried, state="refused", last_reply=str(refused))
        except Unclear as unclear:
            tried = replace(tried, state="unknown", last_reply=str(unclear))
        except Deferred as deferred:
            pause = _PAUSES[min(tried.attempts, len(_PAUSES)) - 1]
            tried = replace(tried, state="waiting", next_try=_stamp(now + pause), last_reply=str(deferred))
            reachable = not deferred.everything
        except Problem as problem:
            self._save(replace(entry, last_tried=stamp, last_reply=str(problem)))
            raise
        else:
            tried = replace(tried, state="sent", last_reply=None)
        self._save(tried)
        return tried, reachable

    def _entries(self, names: Collection[str]) -> list[Entry]:
        found = [entry for name in names if (entry := self._read(name))]
        return sorted(found, key=lambda e: (e.week, e.member, e.recipient, e.kind))

    def _abandoned(self, entry: Entry) -> Entry:
        """Whoever sends holds the lock, so what is still being sent when the lock is ours was left by a process that died."""
        if entry.state != "sending":
            return entry
        entry = replace(entry, state="unknown")
        self._save(entry)
        return entry

    def _read(self, name: str) -> Entry | None:
        path = self.folder / f"{name}.json"
        try:
            document: dict[str, Any] = json.loads(path.read_bytes())
            return Entry(
                **{f.name: document[f.name] for f in fields(Entry) if f.name != "stop_id" or f.name in document}
            )
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise Problem(
                "{file} cannot be read; without it nobody knows whether its message went out. Move it away to have it sent again.",
                file=path,
            ) from error
        except OSError as error:
            raise self._unusable(error) from error

    def _save(self, entry: Entry) -> None:
        """Write down where a message stands; one that was tried to the end goes, for it names people and --again makes it anew."""
        self._write(f"{entry.id}.json", json.dumps(asdict(entry), ensure_ascii=False, indent=1).encode() + b"\n")
        if entry.state in SETTLED:
            (self.folder / f"{entry.id}.eml").unlink(missing_ok=True)

    def _write(self, name: str, content: bytes) -> None:
        replace_file(self.folder / name, content, lasting=True)

    @contextmanager
    def _locked(self) -> Generator[None]:
        private_folder(self.folder)
        with ExitStack() as held:
            try:
                self.folder.chmod(0o700)
                held.enter_context(locked(self.folder / "lock", patience=self._patience))
                for left in self.folder.glob(".*.new"):
                    left.unlink(missing_ok=True)
            except TimeoutError:
                raise _Busy(
                    "Another run is sending from {folder}; try again when it has finished.", folder=self.folder
                ) from None
            except OSError as error:
                raise self._unusable(error) from error
            yield

    def _unusable(self, error: OSError) -> Problem:
        return Problem(
            "The outbox {folder} cannot be used: {reason}.", folder=self.folder, reason=error.strerror or str(error)
        )


class _Busy(Problem):
    pass


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _shown(stamp: str | None, now: datetime) -> str:
    """Put the moment on the reader's clock, which is the one `now` was read from."""
    return f"{datetime.fromisoformat(stamp).astimezone(now.tzinfo):%Y-%m-%d %H:%M}" if stamp else "?"
