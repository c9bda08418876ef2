# RUN: pdec fmt %s | FileCheck %s --strict-whitespace --match-full-lines
# Iterations, hierarchies, blocks as branches, parts of boundaries.

grid   X:2d,boundary x periodic,y low dirichlet sin( x ),y high neumann 0.5,size[ 64,20 ],extent[[0,1],[0,2]]
#      CHECK:grid X : 2d,
# CHECK-NEXT:    boundary x periodic,
# CHECK-NEXT:    y low dirichlet sin(x),
# CHECK-NEXT:    y high neumann 0.5,
# CHECK-NEXT:    size [64, 20],
# CHECK-NEXT{LITERAL}:    extent [[0, 1], [0, 2]]
let u=fixpoint v from f{f+tau*R( v )}until change<1e-8,at most 200
#      CHECK:let u = fixpoint v from f { f + tau*R(v) } until change < 1e-8, at most 200
let a , b=fixpoint a,b from f,g{let c=a+b return c,b/2}until b<1e-3 and change<1,at most 20 else accept
#      CHECK:let a, b = fixpoint a, b from f, g {
# CHECK-NEXT:  let c = a + b
# CHECK-NEXT:  return c, b/2
# CHECK-NEXT:} until b < 1e-3 and change < 1, at most 20 else accept
solve A(u)=f by v_cycle(2,1)until residual<1e-8
#      CHECK:solve A(u) = f by v_cycle(2, 1) until residual < 1e-8
solve A(v)=f from g by cg()until residual<1e-8 or change<1e-12,at most 50
#      CHECK:solve A(v) = f
# CHECK-NEXT:    from g
# CHECK-NEXT:    by cg()
# CHECK-NEXT:    until residual < 1e-8 or change < 1e-12, at most 50
hierarchy cycle(A,b,u,levels)={return if levels==1 then smooth(u)else{let r=restrict(b-A(u))return u+prolong(cycle(A,r,like(r,0),levels-1))}}
#      CHECK:hierarchy cycle(A, b, u, levels) = {
# CHECK-NEXT:  return if levels == 1
# CHECK-NEXT:  then smooth(u)
# CHECK-NEXT:  else {
# CHECK-NEXT:    let r = restrict(b - A(u))
# CHECK-NEXT:    return u + prolong(cycle(A, r, like(r, 0), levels - 1))
# CHECK-NEXT:  }
# CHECK-NEXT:}
fun pick(c,s)=if c then{let t=2*s return t}else s
#      CHECK:fun pick(c, s) = if c
# CHECK-NEXT:then {
# CHECK-NEXT:  let t = 2*s
# CHECK-NEXT:  return t
# CHECK-NEXT:}
# CHECK-NEXT:else s
let step=(u,v)->[v,u]
#      CHECK:let step = (u, v) -> [v, u]
fun momentum(A,b)=[u->[u,u],(u,v)->[u+b-A(u),u]]
#      CHECK:fun momentum(A, b) = [u -> [u, u], (u, v) -> [u + b - A(u), u]]
scheme leap(R):u,v->{u,v=2*u-v+R(u),u}
#      CHECK:scheme leap(R): u, v -> {
# CHECK-NEXT:  u, v = 2*u - v + R(u), u
# CHECK-NEXT:}
evolve u,before from f,start(R,tau,f)by leapfrog(R,tau)for n steps
#      CHECK:evolve u, before from f, start(R, tau, f) by leapfrog(R, tau) for n steps
