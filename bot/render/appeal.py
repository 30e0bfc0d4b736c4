"""An employee's word to a result before it is final: the question before it is accepted, and the draft of an appeal."""

from collections.abc import Sequence
from dataclasses import replace

from bot.buttons import To, command
from bot.render.admin.menu import back
from bot.render.evidence import ICONS, MAX_NAME
from bot.render.message import Message, bold, button, esc, short
from bot.render.result import MAX_CAPTION, caption
from qualify.services.assessments.appeal_drafts import AppealDraft
from qualify.services.assessments.lifecycle import MAX_TEXT
from qualify.services.assessments.overview import Overview, ResultView
from qualify.storage.tables import AppealProof
from qualify.texts import say, shortened

MAX_WORDS = 400
"""How many characters of a file's words stand below it: a caption has room for them even where all count twice."""


def acknowledge_caption(shown: ResultView, language: str, *, own: bool) -> Message:
    """The chart's caption with the question whether the result is accepted, which ends the right to appeal."""
    asked = "\n\n" + esc(say(language, "employee-acknowledge-ask"))
    message = caption(shown, language, own=own, most=MAX_CAPTION - len(asked))
    yes = button(say(language, "employee-acknowledge-yes"), command(To.ACKNOWLEDGE, shown.id, 1), "success")
    no = button(say(language, "employee-acknowledge-no"), command(To.ACKNOWLEDGE, shown.id, 0))
    return replace(message, text=message.text + asked, rows=[[yes], [no]])


def draft_message(draft: AppealDraft, chart_id: int, language: str) -> Message:
    """What was written so far and the files beside it, with the buttons that hand it in and give it up; `chart_id` is
    the message of the result's chart."""
    lines = [bold(say(language, "employee-appeal-draft")), ""]
    if draft.words:
        lines += [esc(draft.words), ""]
    if draft.proofs:
        files = say(language, "employee-appeal-proofs", count=str(len(draft.proofs)))
        lines += [esc(f"{files}{' '.join(proof_words(each) for each in draft.proofs)}"), ""]
    stage = "empty" if draft.is_empty else "written" if draft.words else "wordless"
    lines.append(esc(say(language, "employee-appeal-hint", stage=stage, maximum=str(MAX_TEXT))))
    send = button(say(language, "employee-appeal-send"), command(To.APPEAL, draft.result_id, 1, chart_id), "success")
    leave = button(say(language, "employee-appeal-leave"), command(To.APPEAL, draft.result_id, 2, chart_id))
    return Message("\n".join(lines), [[send, leave] if draft.words else [leave]], protected=True)


def proof_messages(view: Overview, proofs: Sequence[AppealProof], language: str) -> list[Message]:
    """What stands below each file of an appeal: whose it is and what was written with it; below the last, the way
    back."""
    made = []
    for number, proof in enumerate(proofs, 1):
        heading = say(language, "admin-case-proof", name=view.subject.name, number=str(number), count=str(len(proofs)))
        text = bold(heading) + (f"\n{esc(shortened(proof.text, MAX_WORDS))}" if proof.text else "")
        rows = [back(language, "case", view.id)] if number == len(proofs) else []
        made.append(Message(text, [rows] if rows else [], protected=True))
    return made


def proof_words(proof: AppealProof) -> str:
    """A file of an appeal in a word: its icon, and its name if it has one."""
    return f"{ICONS.get(proof.kind, '📎')}{short(proof.file_name, MAX_NAME)}"
