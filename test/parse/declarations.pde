# RUN: pdec fmt %s > %t && diff %s %t && pdec %s --emit ast | FileCheck %s
# Several declarations in one statement, texts, requirements and imports. What is
# imported is no part of the tree.

# CHECK: script
# CHECK-NEXT: import "folder/no such file.pde"
import "folder/no such file.pde"
# CHECK-NEXT: let a
# CHECK-NEXT:   number 1
# CHECK-NEXT: let b, c
# CHECK-NEXT:   list
# CHECK: let v on X
# CHECK-NEXT: name a
let a = 1, b, c = [2, a], v on X = a
let a_rather_long_name = 1 + 2 + 3 + 4 + 5,  # behind an entry
    # before an entry
    another_rather_long_name = 1 + 2 + 3 + 4 + 5
# CHECK: require "a # is no comment"
# CHECK-NEXT:   compare >
require a > 1, "a # is no comment"
require a_rather_long_name > another_rather_long_name,
    "which is not so, as both are the same"
# CHECK: fun f
# CHECK: block
# CHECK-NEXT: var p
# CHECK-NEXT:   name s
# CHECK-NEXT: var q, r
# CHECK: require ""
# CHECK: solve
fun f(s) = {
  var p = s, q, r = [s, s]
  require true, ""
  solve A(t) = s by cg() until residual < 1
  return t
}
