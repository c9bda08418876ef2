# RUN: pdec %s --emit program | FileCheck %s
# What a record takes of the initial values is computed before the loop, what it
# takes of a step is known after it. Until a condition holds, the loop is in one
# that makes a pass or none.
grid X : 1d, boundary periodic
param k = 5, T = 1.0
input f on X
# CHECK: [[SUM:%.*]] = reduce sum f : real
# CHECK-NEXT: record 0: 0.0, [[SUM]]
# CHECK-NEXT: [[E:%.*]] = evolve 10 times (u : real on X = f, t : real = 0.0) {
# CHECK: yield [[U:%.*]], [[T:%.*]]
# CHECK-NEXT: [[LAST:%.*]] = reduce sum [[U]] : real
# CHECK-NEXT: record 0 every k: [[T]], [[LAST]]
evolve u, t from f, 0 by (u, t) -> [u/2, t + 0.1] for 10 steps
    record energy = [t, sum(u)] every k
# CHECK: [[HOLDS:%.*]] = less_equal T, [[E]].t : bool
# CHECK-NEXT: [[OPEN:%.*]] = not [[HOLDS]] : bool
# CHECK-NEXT: [[COUNT:%.*]] = integer [[OPEN]] : int
# CHECK-NEXT: record 1: [[E]].u
# CHECK-NEXT: [[L:%.*]] = loop [[COUNT]] times (v : real on X = [[E]].u, s : real = [[E]].t) {
# CHECK-NEXT: fixpoint 100 times (v : real on X = [[L]].v, s : real = [[L]].s) {
# CHECK: record 1 every 2: {{%.*}}
evolve v, s from u, t by (v, s) -> [v/2, s + 0.1] until s >= T, at most 100
    record snapshots = v every 2
output v, s
