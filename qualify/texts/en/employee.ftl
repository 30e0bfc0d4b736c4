# The employee's side: self-assessment, reviews given back, acknowledging and appealing
employee-returned = ↩️ Returned: { $reason }
employee-returned-button = {" "}· ↩️ returned
employee-closed = { $state ->
    [withdrawn] This assessment was withdrawn, so there is nothing left to do. All you gave is kept; thank you for your time!
   *[other] { $part ->
        [self] The result is published, so this self-assessment is no longer needed. All you gave is kept; thank you for your time!
       *[other] This review was given to somebody else, so there is nothing left to do. All you gave is kept; thank you for your time!
    }
}
employee-acknowledge = { $appeal ->
    [possible] ✅ Accept, no objection
   *[over] ✅ I have taken note
}
employee-acknowledged = Acknowledged, thank you!
employee-appeal = ⚖️ Appeal (until { $until })
employee-acknowledge-ask = Once you accept, you can't appeal against this result any more. Do you agree with it?
employee-acknowledge-yes = ✅ Accept, no appeal
employee-acknowledge-no = Let me think
employee-appeal-draft = ⚖️ Appeal (not handed in yet)
employee-appeal-proofs = 📎 Files: { $count } ·{" "}
employee-appeal-hint = { $stage ->
    [empty] What do you object to, and why? Just write, in several messages if you like ({ $maximum } characters in all); photos, files and voice messages count as proof.

        A result can be appealed once. You will see it all before you hand it in.
    [wordless] Got it. Please add the reason in words, then you can hand it in.
   *[written] You can add more. Once it is handed in it can't be changed, and a result can be appealed once.
}
employee-appeal-send = ⚖️ Hand it in
employee-appeal-leave = Leave it
employee-appeal-left = All right, nothing was handed in. You can write it anew as long as appeals are possible.
employee-appealed = ⚖️ Your appeal is in. An administrator looks at the result again and answers it, or has it reviewed again; you are told when that is decided. Until then this result stays valid.
employee-taken-back = All right, cancelled; nothing was handed in.
error-answer-in-words = Please answer in words. Rather not? Send /cancel.
error-acknowledged = You have acknowledged this result already.
