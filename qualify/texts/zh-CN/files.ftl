# 管理员：发来的名单和成绩单
file-people = 共 { $count } 人：新增 { $added }，更新 { $changed }，不变 { $same }
file-scores = 共 { $count } 个成绩
file-added = 新增：{ $names }
file-changed = 更新：{ $names }
file-and-more = …
file-ignored = 用不到、不会导入的列：{ $headings }
file-doubt = ⚠️ 文件编码看不准，按 { $encoding } 读作：{ $sample }。如果是乱码，请放弃，另存为 XLSX 再发。
file-leaving = 离职（停用）：{ $names }
file-returning = 恢复：{ $names }
file-away = 名单里有、但已停用，仍保持停用：{ $names }
file-left-out = 已离职、不新增：{ $names }
file-difference = • { $who } { $field }：{ $before } → { $after }
file-more-differences = 还有 { $count } 处更新。
file-here = 在职
file-gone = 停用
file-back = ↩️ 导入，并恢复 { $count } 人
file-nothing-yet = 还没有导入任何内容。要导入吗？
file-nothing-new = 内容与现有的一致，不用导入。
file-apply = ✅ 导入 { $count }
file-drop = 放弃
file-done = ✅ 已导入。
file-dropped = 好的，没有导入任何内容。
file-more-faults = 还有 { $count } 处。
file-send-again = 改好后再发一次就行。
error-file-kind = 看不出 { $file } 是什么表。第一行应是列名：
    名单要有 工号、姓名，可以有 部门、岗位、级别、上级、角色；
    成绩单要有 工号、标准、科目、成绩、考试日期。
error-file-rows = 这个表有 { $count } 行，一次最多 { $most } 行。请分成几个文件发。
error-file-empty = { $file } 除了列名没有内容。
error-file-big = 文件太大，最大 { $most } MB。请分成几个文件发。
error-file-heavy = { $file } 展开后太大，读不了。请只留下需要的行和列，再发一次。
error-file-slow = { $file } 读了 { $seconds } 秒还没读完。请另存为 CSV，或分成几个文件发。
file-begun = 正在导入，好了告诉你。
error-file-unreachable = 没能取到这个文件。请稍后再试，或再发一次。
error-file-gone = 这个文件已经处理过，或者你又发了新的。要导入请再发一次。
error-file-waiting = 文件还没有导入。请点上面的“导入”或“放弃”。
