" Vim syntax file: scripts of pdec. Made by editors/generate.
if exists("b:current_syntax")
  finish
endif

syn keyword pdeStatement grid param input let fun scheme evolve output for var
syn keyword pdeStatement solve trainable train require import hierarchy if then
syn keyword pdeStatement else in return and or not where fixpoint until
syn keyword pdeBoolean true false
syn keyword pdeClause on from by steps extent faces boundary low high most
syn keyword pdeClause accept record every minimising epochs batch
syn keyword pdeRule reflecting periodic dirichlet neumann robin extrapolated
syn keyword pdeConstant pi infinity epsilon
syn keyword pdeMeasure change residual
syn keyword pdeFunction abs exp log sqrt sin cos tan atan tanh floor min max
syn keyword pdeFunction forward backward central d2 stencil index noise parity
syn keyword pdeFunction colour colours like state spread sum dot norm norm_max
syn keyword pdeFunction mean cumsum inner restrict prolong freeze hold linear
syn keyword pdeFunction closed limit optimal gradient derivative linearised
syn keyword pdeFunction transposed solution definite consistent laplace grad
syn keyword pdeFunction div
syn keyword pdeLibrary sign step clamp relu is_count upwind ceil round
syn keyword pdeLibrary rest_of_pi asin_series asin_part within_one asin acos
syn keyword pdeLibrary half_exponentials sinh cosh cbrt erf_series erfc_series
syn keyword pdeLibrary erf mod hypot atan2 erosion dilation shift linear_flux
syn keyword pdeLibrary charbonnier_diffusivity charbonnier_flux
syn keyword pdeLibrary perona_malik_diffusivity perona_malik_flux
syn keyword pdeLibrary perona_malik_rational_diffusivity
syn keyword pdeLibrary perona_malik_rational_flux weickert_diffusivity
syn keyword pdeLibrary weickert_flux tv_diffusivity tv_flux
syn keyword pdeLibrary truncated_tv_diffusivity truncated_tv_flux
syn keyword pdeLibrary truncated_bfb_diffusivity truncated_bfb_flux
syn keyword pdeLibrary fab_diffusivity fab_flux leapfrog_start unchanged
syn keyword pdeLibrary preconditioned cg_step cg_least cg_found cg_solve cg
syn keyword pdeLibrary quotient bicgstab minres less gmres_steps gmres
syn keyword pdeLibrary newton_step newton no_history with_newest mixed_once
syn keyword pdeLibrary mixed anderson above_one next_step minmod van_leer
syn keyword pdeLibrary monotonized superbee rusanov hll muscl weno5_value weno5
syn keyword pdeLibrary godunov repeated diagonal is_singular solvable with_mean
syn keyword pdeLibrary jacobi red_black chebyshev_between chebyshev
syn keyword pdeLibrary linearised_at transposed_at derivative_residual
syn keyword pdeLibrary derivative_change without_mean coarsest correction_cycle
syn keyword pdeLibrary cycles v_cycle w_cycle full_cycle f_cycle
syn keyword pdeLibrary nested_iteration fmg fas_cycle fas sgd momentum adam
syn keyword pdeLibrary with_curvature two_loops lbfgs glorot dct_cosine dct
syn keyword pdeScheme explicit heun rk4 ssprk3 leapfrog dufort_frankel fsi fed
syn keyword pdeScheme rkl1 rkl2 nesterov implicit crank_nicolson semi_implicit
syn keyword pdeScheme bdf2 sdirk2 imex bs23 dp45

" Clauses, and functions where a bracket follows.
syn match pdeClause "\<\%(size\|spacing\|at\)\>"
syn match pdeFunction "\<\%(size\|spacing\|at\)\>\ze\s*("
syn match pdeType ":\s*\zs\%(int\|real\)\>"
syn match pdeNumber "\<\d\+d\?\>"
syn match pdeNumber "\<\d\+\%(\.\d\+\)\?\%([eE][+-]\?\d\+\)\?\>"
syn match pdeNumber "\%(\.\)\@<!\.\d\+\%([eE][+-]\?\d\+\)\?\>"
syn match pdeText +"[^"]*"+
syn keyword pdeTodo TODO FIXME XXX contained
syn match pdeComment "#.*$" contains=pdeTodo,@Spell

hi def link pdeStatement Statement
hi def link pdeBoolean Boolean
hi def link pdeClause Keyword
hi def link pdeRule Type
hi def link pdeText String
hi def link pdeConstant Constant
hi def link pdeMeasure Identifier
hi def link pdeFunction Function
hi def link pdeLibrary Function
hi def link pdeScheme Function
hi def link pdeType Type
hi def link pdeNumber Number
hi def link pdeTodo Todo
hi def link pdeComment Comment

let b:current_syntax = "pde"
