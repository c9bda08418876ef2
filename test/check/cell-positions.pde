# RUN: pdec %s --emit program | FileCheck %s
# Where cells lie: half a cell from a reflecting end, one from a dirichlet end.

# CHECK: [[HA:%.*]] = div 2.0, {{%.*}} : real
# CHECK: [[OFFSET:%.*]] = mul 0.5, [[HA]] : real
# CHECK: [[FIRST:%.*]] = add -1.0, [[OFFSET]] : real
# CHECK: grid A.x: reflecting, first [[FIRST]], spacing [[HA]]
grid A : 1d, boundary reflecting, extent [-1, 1]

# CHECK: [[N:%.*]] = real size(B.x) : real
# CHECK: [[N1:%.*]] = add [[N]], 1.0 : real
# CHECK: [[HB:%.*]] = div 1.0, [[N1]] : real
# CHECK: grid B.x: dirichlet 0.0, first [[HB]], spacing [[HB]]
grid B : 1d, extent [0, 1], boundary dirichlet 0

# CHECK: [[N:%.*]] = real size(C.x) : real
# CHECK: [[HC:%.*]] = div {{.*}}, [[N]] : real
# CHECK: grid C.x: periodic, first 0.0, spacing [[HC]]
grid C : 1d, boundary periodic, extent [0, 2*pi]

# CHECK: [[N:%.*]] = real size(D.x) : real
# CHECK: [[N1:%.*]] = add [[N]], 0.5 : real
# CHECK: [[HD:%.*]] = div 1.0, [[N1]] : real
# CHECK: [[HALF:%.*]] = mul 0.5, [[HD]] : real
# CHECK: grid D.x: reflecting .. dirichlet value, first [[HALF]], spacing [[HD]]
grid D : 1d, boundary low reflecting, high dirichlet value, extent [0, 1]

# CHECK: grid E.x: dirichlet 0.0, first width, spacing width
grid E : 1d, boundary dirichlet 0, spacing width

param value = 2.0, width = 0.1 where width > 0
input f on A
output f
