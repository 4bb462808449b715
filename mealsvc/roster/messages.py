"""The sentences of an import's report: what is wrong, and what to do, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from mealsvc.roster.messages_places import LINKS_AND_PLACES

type Pair = tuple[str, str]

_MESSAGES: Mapping[str, tuple[str, str, str, str]] = {
    # code: what is wrong (zh, en), what to do (zh, en)
    # --- the file as a whole
    "unknown_columns": (
        "不认识的列：{titles}",
        "unknown columns: {titles}",
        "这些列未使用；如需使用，请按模板改列名",
        "they were not used; rename them as in the template if they matter",
    ),
    "absent_column": (
        "没有“{title}”列",
        "there is no column {title}",
        "{effect_zh}；如需填写，请加上此列",
        "{effect}; add the column if that is not meant",
    ),
    "sheets_left_out": (
        "未读取的工作表：{sheets}",
        "sheets that were not read: {sheets}",
        "已按名称读取“{name}”；其余如需导入，请另存为单独文件",
        "{name} was read, for its name; save the others as files of their own if they matter",
    ),
    "merged_cells": (
        "有合并单元格，共 {count} 格",
        "there are merged cells ({count} cells)",
        "纵向合并的值已填到每一行，横向合并的其余格按空处理；请取消合并",
        "values were repeated downwards, cells to the right count as empty; unmerge them",
    ),
    "no_rows": (
        "表头下面没有数据",
        "there are no rows under the header",
        "请核对是否选错文件或工作表",
        "check whether this is the right file and sheet",
    ),
    # --- rows
    "note_row": (
        "像是说明或合计行",
        "looks like a note or a total",
        "未作为记录导入；如是记录，请填写编号和姓名",
        "not taken as a record; if it is one, fill in code and name",
    ),
    "blank_row": (
        "空行",
        "a blank row",
        "已跳过，无需处理",
        "skipped, nothing to do",
    ),
    "repeated_header": (
        "重复的表头",
        "the header again",
        "已跳过，无需处理",
        "skipped, nothing to do",
    ),
    "code_missing": (
        "没有编号",
        "the code is missing",
        "请填写编号后重新导入",
        "fill in the code and import again",
    ),
    "name_missing": (
        "没有姓名或名称",
        "the name is missing",
        "请填写后重新导入",
        "fill in the name and import again",
    ),
    "too_long_key": (
        "过长（超过 {limit} 个字）",
        "too long (more than {limit} characters)",
        "请缩短后重新导入",
        "shorten it and import again",
    ),
    "same_row": (
        "与第 {row} 行完全相同",
        "the same as row {row}",
        "只保留一行，请删除重复行",
        "taken once; delete the repeated row",
    ),
    "same_code": (
        "编号与第 {row} 行相同，但内容不同：{fields}",
        "row {row} has the same code but says something else: {fields}",
        "已采用第 {row} 行；请核对后更正编号或删除此行",
        "row {row} was taken; correct the code or delete this row",
    ),
    "same_person": (
        "与第 {row} 行（编号 {code}）姓名、出生日期和电话都相同",
        "row {row} (code {code}) has the same name, birth date and phone",
        "同一人只保留一份档案，未导入；如确是两人，请核对电话或出生日期",
        "one person one file, not taken; if they are two people, correct phone or birth date",
    ),
    "stored_person": (
        "系统中编号 {code} 的老人姓名、出生日期和电话都相同",
        "the records hold code {code} with the same name, birth date and phone",
        "未导入；请改用编号 {code}，或先在系统中结束那份档案",
        "not taken; use code {code}, or end that file first",
    ),
    "service_ended": (
        "此人服务已于 {day} 结束（{why_zh}）",
        "this person's service ended on {day} ({why})",
        "未恢复；如需恢复，请在系统中重新开通",
        "left ended; take the service up again in the records if that is wrong",
    ),
    # --- values
    "uncounted": (
        "公式没有计算结果，或单元格是错误值",
        "a formula without a result, or an error",
        "请用表格软件打开并保存一次，或直接填写数值",
        "open and save the file in a spreadsheet program, or write the value",
    ),
    "text_cut": (
        "过长，已截短到 {limit} 个字",
        "too long, cut to {limit} characters",
        "请缩短",
        "shorten it",
    ),
    "number_in_words": (
        "数字写成了文字，识别为 {read}",
        "a number in words, read as {read}",
        "无需处理；建议填写数字",
        "nothing; figures are safer",
    ),
    "number_with_unit": (
        "数字带单位，识别为 {read}",
        "a number with a unit, read as {read}",
        "无需处理；建议只填数字",
        "nothing; figures alone are safer",
    ),
    "date_in_words": (
        "日期写成了文字，识别为 {read}",
        "a date in words, read as {read}",
        "无需处理；建议写成 1938-05-06",
        "nothing; 1938-05-06 is safer",
    ),
    "date_as_number": (
        "日期存成了数字，识别为 {read}",
        "a date kept as a number, read as {read}",
        "请核对日期",
        "check the date",
    ),
    "date_without_day": (
        "日期不完整，按 {read} 记录",
        "an incomplete date, kept as {read}",
        "请补全年月日",
        "complete it with month and day",
    ),
    "time_in_words": (
        "时间写成了文字，识别为 {read}",
        "a time in words, read as {read}",
        "无需处理；建议写成 11:00-11:45",
        "nothing; 11:00-11:45 is safer",
    ),
    "not_a_number": (
        "不是整数",
        "not a whole number",
        "请填写整数，如 1",
        "write a whole number such as 1",
    ),
    "not_a_floor": (
        "不是楼层，已留空",
        "not a floor; left out",
        "请填写楼层，地下填 -1",
        "write the floor, basements as -1",
    ),
    "not_a_date": (
        "不是日期，已留空",
        "not a date; left out",
        "请写成 1938-05-06",
        "write it as 1938-05-06",
    ),
    "no_such_date": (
        "没有这一天，已留空",
        "no such day; left out",
        "请核对日期",
        "check the date",
    ),
    "date_unlikely": (
        "出生日期不可能（在今天之后或已超过 120 岁），已留空",
        "not a possible birth date (in the future, or more than 120 years ago); left out",
        "请核对日期",
        "check the date",
    ),
    "not_a_phone": (
        "没有号码，已留空",
        "no number in it; left out",
        "请填写电话号码",
        "write a phone number",
    ),
    "phone_length": (
        "号码位数不对，按原样保留",
        "too few or too many digits; kept as written",
        "请核对号码：手机 11 位，座机带区号",
        "check it: mobiles have 11 digits, landlines an area code",
    ),
    "not_yes_or_no": (
        "不是“是/否”，已按未知处理",
        "neither yes nor no; left out",
        "请填写 是 或 否（有 或 无）",
        "write yes or no",
    ),
    "unknown_word": (
        "不认识的词，{effect_zh}",
        "an unknown word; {effect}",
        "请改为：{words_zh}",
        "use one of: {words}",
    ),
    "unknown_way": (
        "用餐方式不认识，无法安排",
        "an unknown way of eating; it cannot be planned",
        "请改为：{words_zh}，然后重新导入",
        "use one of: {words}; then import again",
    ),
    "way_missing": (
        "没有用餐方式，按送餐上门处理",
        "no way of eating; taken as delivery to the door",
        "请填写：{words_zh}",
        "write one of: {words}",
    ),
    "unknown_diet": (
        "不认识的饮食要求：{diets}，已记入备注",
        "unknown diets: {diets}; kept in the door note",
        "请核对；常用写法：{words_zh}",
        "check them; usual words: {words}",
    ),
    "portions_unreadable": (
        "份数无法识别，无法安排",
        "the number of portions cannot be read",
        "请填写 0 到 {most} 的整数，然后重新导入",
        "write a whole number from 0 to {most}; then import again",
    ),
    "portions_range": (
        "份数为 {read}，应在 0 到 {most} 之间",
        "{read} portions; it must be 0 to {most}",
        "请更正后重新导入",
        "correct it and import again",
    ),
    "no_portions": (
        "午餐和晚餐都没有份数，不会安排用餐",
        "no portions for lunch or dinner: no meals will be planned",
        "如需用餐，请填写份数",
        "write the portions if meals are wanted",
    ),
    "days_missing": (
        "没有订餐日，按每天处理",
        "no weekdays; taken as every day",
        "请填写，如 每天 或 周一至周五",
        "write them, for example daily or Mon-Fri",
    ),
    "not_weekdays": (
        "订餐日无法识别，{effect_zh}",
        "weekdays that cannot be read; {effect}",
        "请改为 每天、周一至周五 或 周一;周三;周五",
        "write daily, Mon-Fri, or Mon;Wed;Fri",
    ),
    "not_a_time": (
        "不是时间，{effect_zh}",
        "not a time; {effect}",
        "请写成 11:00",
        "write it as 11:00",
    ),
    "not_a_window": (
        "不是时间段，已按不限时间处理",
        "not a time window; taken without one",
        "请写成 11:00-11:45",
        "write it as 11:00-11:45",
    ),
    "window_reversed": (
        "结束时间不晚于开始时间，已按不限时间处理",
        "the window closes before it opens; taken without one",
        "请核对，可能是 {turned}",
        "check it; probably {turned}",
    ),
    "window_unused": (
        "时间段不在所订餐次的供餐时间内，已按不限时间处理",
        "the window lies outside the hours of the meals ordered; taken without one",
        "请核对时间或份数",
        "check the time or the portions",
    ),
    "hours_reversed": (
        "结束时间不晚于开始时间，{effect_zh}",
        "it ends before it begins; {effect}",
        "请更正时间",
        "correct the times",
    ),
    "hours_missing": (
        "没有时间，{effect_zh}",
        "no times; {effect}",
        "请填写开始和结束时间",
        "write when it begins and ends",
    ),
    "out_of_range": (
        "超出范围（{least} 到 {most}），{effect_zh}",
        "out of range ({least} to {most}); {effect}",
        "请更正",
        "correct it",
    ),
    "capacity_zero": (
        "产能为 0，不会安排此餐",
        "capacity 0: nothing will be planned for this meal",
        "如需供餐，请填写份数",
        "write the portions if it cooks",
    ),
    "no_capacity": (
        "没有午餐和晚餐产能，暂不供餐",
        "no capacity for lunch or dinner: it cooks nothing for now",
        "请填写产能",
        "write the capacity",
    ),
    "boxes_missing": (
        "没有保温箱份数",
        "no number of portions per trip",
        "请填写每趟最多能带的份数，然后重新导入",
        "write how many portions a trip carries; then import again",
    ),
    "boxes_zero": (
        "保温箱为 0 份，不会安排送餐",
        "carries 0 portions: no trips will be planned",
        "请填写每趟最多能带的份数",
        "write how many portions a trip carries",
    ),
    **LINKS_AND_PLACES,
}

WRONG: Mapping[str, Pair] = {code: words[:2] for code, words in _MESSAGES.items()}
"""What is wrong, by message code: Chinese, English."""

ADVICE: Mapping[str, Pair] = {code: words[2:] for code, words in _MESSAGES.items()}
"""What to do, by message code: Chinese, English."""
