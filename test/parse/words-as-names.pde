# RUN: pdec %s --emit ast | FileCheck %s
# Most words mean something in their statements only and are names elsewhere.

# CHECK: grid low : 1d
# CHECK-NEXT: boundary low
# CHECK: evolve
# CHECK-NEXT: state from
# CHECK-NEXT: from
# CHECK-NEXT:   name by
grid low : 1d, boundary low periodic, high periodic, size 3, spacing spacing
param steps = 3, size = 4, spacing = 0.5
input by on low
evolve from from by by on -> on + size(low.x) for steps steps
output from
