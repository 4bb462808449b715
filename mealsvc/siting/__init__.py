"""Where sites should be: who is inside the walking circle, and what a change would make of it.

`people` (who) and `sites` (where to) by `terms` (how fast, how far) give a `coverage`, decided
person by person from walking times; `figures` and `comparing` say what it comes to, counting no
exacter than `disclosure` lets them. `changes` and `scenarios` are the what-ifs, `views` what people
ask for, `effect` what a scenario does to the couriers. It reads the records and writes only
scenarios.
"""
