# RUN: pdec %s --emit ast | FileCheck %s
# As in mathematics: ^ to the right and tighter than a sign, ' and calls first.

# CHECK: let a
# CHECK-NEXT: unary -
# CHECK-NEXT:   binary ^
# CHECK-NEXT:     name s
# CHECK-NEXT:     number 2
let a = -s^2

# CHECK: let b
# CHECK-NEXT: binary ^
# CHECK-NEXT:   number 2
# CHECK-NEXT:   binary ^
# CHECK-NEXT:     number 3
# CHECK-NEXT:     unary -
# CHECK-NEXT:       number 2
let b = 2^3^-2

# CHECK: let c
# CHECK-NEXT: binary -
# CHECK-NEXT:   binary -
# CHECK-NEXT:     name a
# CHECK-NEXT:     binary /
# CHECK-NEXT:       binary *
let c = a - b*c/d - e

# CHECK: let d
# CHECK-NEXT: unary -
# CHECK-NEXT:   call
# CHECK-NEXT:     adjoint
# CHECK-NEXT:       name D
let d = -D'(u)

# CHECK: let e
# CHECK-NEXT: binary or
# CHECK-NEXT:   binary and
# CHECK-NEXT:     unary not
# CHECK-NEXT:       compare < <=
let e = not a < b <= c and d or e

# CHECK: let f
# CHECK-NEXT: binary +
# CHECK-NEXT:   number 1
# CHECK-NEXT:   if
# CHECK-NEXT:     name c
# CHECK-NEXT:     number 2
# CHECK-NEXT:     binary +
let f = 1 + if c then 2 else 3 + 4

# CHECK: let g
# CHECK-NEXT: arrow u
# CHECK-NEXT:   binary +
let g = u -> u + 1

# CHECK: let h
# CHECK-NEXT: call
# CHECK-NEXT:   call
# CHECK-NEXT:     name s
# CHECK-NEXT:     name R
# CHECK-NEXT:     argument tau
# CHECK-NEXT:       number 0.1
# CHECK-NEXT:   name u
let h = s(R, tau = 0.1)(u)
