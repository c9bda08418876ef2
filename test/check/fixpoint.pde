# RUN: pdec %s --emit program | FileCheck %s
# An iteration until its condition holds: its values are carried, and what does
# not change in it stands before it.
grid X : 1d, boundary reflecting
param tau = 2.0
input f on X
input g on X

# CHECK: [[F:%.*]] = fixpoint 200 times (v : real on X = f) {
# CHECK-NEXT: apply {{.*}} [[F]].v : real on X
# CHECK: [[NEW:%.*]] = add f, {{%.*}} : real on X
# CHECK-NEXT: [[D:%.*]] = sub [[NEW]], [[F]].v : real on X
# CHECK-NEXT: [[CHANGE:%.*]] = reduce max_abs [[D]] : real
# CHECK-NEXT: [[DONE:%.*]] = less [[CHANGE]], 1e-08 : bool
# CHECK-NEXT: until [[DONE]]
# CHECK-NEXT: yield [[NEW]]
# CHECK: output u = [[F]]
output u = fixpoint v from f {
  f + tau*d2(x)(v)
} until change < 1e-8, at most 200

# Several values, statements, and a run that goes on.
# CHECK: [[F:%.*]] = fixpoint, accepted, 20 times (a : real on X = f, b : real = 1.0) {
# CHECK-NEXT: [[C:%.*]] = add [[F]].a, g : real on X
# CHECK-NEXT: [[A:%.*]] = div [[C]], 2.0 : real on X
# CHECK-NEXT: [[B:%.*]] = div [[F]].b, 2.0 : real
# CHECK-NEXT: less [[B]], 0.001 : bool
# CHECK-NEXT: reduce max [[A]] : real
# CHECK: [[DONE:%.*]] = and {{%.*}}, {{%.*}} : bool
# CHECK-NEXT: until [[DONE]]
# CHECK-NEXT: yield [[A]], [[B]]
# CHECK-NEXT: }
# CHECK-NEXT: mul [[F]].a, [[F]].b : real on X
fun pair() = {
  let a, b = fixpoint a, b from f, 1.0 {
    let c = a + g
    return c/2, b/2
  } until b < 1e-3 and max(a) > 0, at most 20 else accept
  return a*b
}
output w = pair()
