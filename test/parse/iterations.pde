# RUN: pdec %s --emit ast | FileCheck %s
# Iterations, hierarchies, arrows of several arguments, parts of boundaries; the
# new words are names elsewhere.

# CHECK: let u
# CHECK-NEXT:   fixpoint
# CHECK-NEXT:     state v
# CHECK-NEXT:     state w
# CHECK-NEXT:     from
# CHECK-NEXT:       name f
# CHECK-NEXT:     from
# CHECK-NEXT:       name g
# CHECK-NEXT:     block
# CHECK-NEXT:       let c
# CHECK-NEXT:         binary +
# CHECK-NEXT:           name v
# CHECK-NEXT:           name w
# CHECK-NEXT:     value
# CHECK-NEXT:       name c
# CHECK-NEXT:     value
# CHECK-NEXT:       binary /
# CHECK-NEXT:         name w
# CHECK-NEXT:         number 2
# CHECK-NEXT:     until
# CHECK-NEXT:       compare <
# CHECK-NEXT:         name change
# CHECK-NEXT:         number 1
# CHECK-NEXT:     at most, else accept
# CHECK-NEXT:       number 20
let u = fixpoint v, w from f, g {
  let c = v + w
  return c, w/2
} until change < 1, at most 20 else accept

# CHECK: solve
# CHECK-NEXT:   call
# CHECK-NEXT:     name A
# CHECK-NEXT:     name u
# CHECK-NEXT:   right
# CHECK-NEXT:     name f
# CHECK-NEXT:   from
# CHECK-NEXT:     name g
# CHECK-NEXT:   by
# CHECK-NEXT:     call
# CHECK-NEXT:       name cg
# CHECK-NEXT:   until
# CHECK-NEXT:     compare <
# CHECK-NEXT:       name residual
# CHECK-NEXT:       number 1
# CHECK-NEXT:   at most
# CHECK-NEXT:     number 50
solve A(u) = f from g by cg() until residual < 1, at most 50

# CHECK: hierarchy cycle
# CHECK-NEXT:   parameter u
# CHECK-NEXT:   parameter levels
# CHECK-NEXT:   if
# CHECK-NEXT:     compare ==
# CHECK-NEXT:       name levels
# CHECK-NEXT:       number 1
# CHECK-NEXT:     name u
# CHECK-NEXT:     block
# CHECK-NEXT:       result
# CHECK-NEXT:         call
# CHECK-NEXT:           name cycle
# CHECK-NEXT:           name u
# CHECK-NEXT:           binary -
# CHECK-NEXT:             name levels
# CHECK-NEXT:             number 1
hierarchy cycle(u, levels) = if levels == 1 then u else {
  return cycle(u, levels - 1)
}

# CHECK: let step
# CHECK-NEXT:   arrow u v
# CHECK-NEXT:     list
# CHECK-NEXT:       name v
# CHECK-NEXT:       name u
let step = (u, v) -> [v, u]

# CHECK: grid X : 2d
# CHECK-NEXT:   boundary x periodic
# CHECK-NEXT:   boundary y low dirichlet
# CHECK-NEXT:     number 1
# CHECK-NEXT:   boundary y high neumann
# CHECK-NEXT:     number 2
grid X : 2d, boundary x periodic, y low dirichlet 1, y high neumann 2

# CHECK: grid Y : 2d
# CHECK-NEXT:   boundary low reflecting
# CHECK-NEXT:   boundary high dirichlet
# CHECK-NEXT:     number 0
grid Y : 2d, boundary low reflecting, high dirichlet 0

# CHECK: let a
# CHECK-NEXT:   if
# CHECK-NEXT:     name c
# CHECK-NEXT:     block
# CHECK-NEXT:       let b
# CHECK-NEXT:         number 1
# CHECK-NEXT:       result
# CHECK-NEXT:         name b
# CHECK-NEXT:     number 2
let a = if c then { let b = 1  return b } else 2

# CHECK: let v
# CHECK-NEXT:   fixpoint
# CHECK-NEXT:     state on
# CHECK-NEXT:     from
# CHECK-NEXT:       name at
# CHECK-NEXT:     block
# CHECK-NEXT:     value
# CHECK-NEXT:       name at
# CHECK-NEXT:     until
# CHECK-NEXT:       name most
# CHECK-NEXT:     at most, else accept
# CHECK-NEXT:       name accept
let v = fixpoint on from at { at } until most, at most accept else accept
