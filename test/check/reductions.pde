# RUN: pdec %s --emit program | FileCheck %s
# Reductions are numbers, and stand where numbers stand.
grid X : 2d, boundary reflecting
input f on X
input g on X
# CHECK: [[SQUARE:%.*]] = reduce dot f, f : real
# CHECK-NEXT: [[NORM:%.*]] = sqrt [[SQUARE]] : real
# CHECK-NEXT: div f, [[NORM]] : real on X
output a = f/norm(f)
# CHECK: [[SUM:%.*]] = reduce sum f : real
# CHECK-NEXT: [[CELLS:%.*]] = mul size(X.x), size(X.y) : int
# CHECK-NEXT: [[COUNT:%.*]] = real [[CELLS]] : real
# CHECK-NEXT: div [[SUM]], [[COUNT]] : real
output b = f - mean(f)
# CHECK: reduce dot f, g : real
# CHECK: reduce sum f : real
output c = f*dot(f, g) + sum(f)*g
# CHECK: reduce max f : real
# CHECK: reduce min g : real
output d = f*max(f) + min(g)
# CHECK: [[F:%.*]] = reduce max_abs f : real
# CHECK-NEXT: [[G:%.*]] = reduce max_abs g : real
# CHECK-NEXT: max [[F]], [[G]] : real
output e = f/norm_max([f, g])
