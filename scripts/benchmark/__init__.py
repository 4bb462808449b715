"""The solver beside public ones: on invented cities and on given files, judged by one checker.

`cities` makes problems, `peers` names the solvers, `runs` measures each in a process of its own,
`tables` and `plots` write what was found. ``scripts/bench --help`` tells the rest.
"""
