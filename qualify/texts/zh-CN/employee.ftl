# 员工这一边：自评、退回的评审、确认与申诉
employee-returned = ↩️ 退回：{ $reason }
employee-returned-button = {" "}· ↩️ 退回
employee-closed = { $state ->
    [withdrawn] 这次评估已经撤销，不用再做了。填过的都在，谢谢你花的时间！
   *[other] { $part ->
        [self] 结果已经发布，这份自评不用再做了。填过的都在，谢谢你花的时间！
       *[other] 这份评审已经交给别人，不用再做了。填过的都在，谢谢你花的时间！
    }
}
employee-acknowledge = { $appeal ->
    [possible] ✅ 确认，没有异议
   *[over] ✅ 我已知悉
}
employee-acknowledged = 已确认，谢谢！
employee-appeal = ⚖️ 申诉（{ $until } 前）
employee-acknowledge-ask = 确认后，这份结果就不能再申诉了。确定没有异议吗？
employee-acknowledge-yes = ✅ 确认，不再申诉
employee-acknowledge-no = 再想想
employee-appeal-draft = ⚖️ 申诉（还没有提交）
employee-appeal-proofs = 📎 证明材料 { $count } 份：
employee-appeal-hint = { $stage ->
    [empty] 你对哪里有异议、为什么？直接发文字，可以分几条写（共不超过 { $maximum } 个字）；照片、文件、语音都可以作为证明。

        这个结果只能申诉一次。写好后会先给你看，再由你提交。
    [wordless] 收到了。请再用文字写一下理由，然后就可以提交。
   *[written] 可以接着补充。提交以后不能再改，这个结果只能申诉一次。
}
employee-appeal-send = ⚖️ 提交申诉
employee-appeal-leave = 放弃
employee-appeal-left = 好的，已放弃，什么都没有提交。申诉期内随时可以重新写。
employee-appealed = ⚖️ 申诉已提交。管理员会重新看这份结果，直接答复，或者请评审员重新评审；有了决定就告诉你。在那之前，这份结果仍然有效。
employee-taken-back = 好的，已取消，什么都没有提交。
error-answer-in-words = 请用文字回答。不想回答了？发送 /cancel。
error-acknowledged = 你已经确认过这份结果了。
