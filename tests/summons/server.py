"""A mail server's handler for tests: keeps every letter, and knows no mailbox of Anton."""

from aiosmtpd.handlers import Mailbox


class Picky(Mailbox):
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("anton."):
            return "550 5.1.1 Unbekanntes Postfach " + address
        envelope.rcpt_tos.append(address)
        return "250 OK"
