# RUN: pdec fmt %s > %t && pdec fmt %t | diff %t - && FileCheck %s --strict-whitespace --match-full-lines < %t
# Comments stay with what they explain.

param a = 1,   # the first
      # the second
      b = 2   # at the end
#      CHECK:param a = 1,  # the first
# CHECK-NEXT:      # the second
# CHECK-NEXT:      b = 2  # at the end

# CHECK:# before the statement that it stands in
let c = a +  # before the statement that it stands in
        b
# CHECK-NEXT:let c = a + b

scheme s: u -> {  # opening
  # alone
  u = 2*u   # behind
  # last
}
#      CHECK:scheme s: u -> {
# CHECK-NEXT:  # opening
# CHECK-NEXT:  # alone
# CHECK-NEXT:  u = 2*u  # behind
# CHECK-NEXT:  # last
# CHECK-NEXT:}
