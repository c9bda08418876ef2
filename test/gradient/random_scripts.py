"""Random scripts with a number J, and its derivatives with respect to all that
they have."""

AXES = "xyz"

# Of numbers of any size; {0} and {1} are expressions, p and q parameters.
UNARY = ["{0} + p", "p*{0}", "-{0}", "sin({0})", "cos(q*{0})", "exp(-{0}^2)",
         "log(2 + {0}^2)", "sqrt(1.5 + {0}^2)", "tan(0.4*tanh({0}))",
         "atan({0})", "tanh({0})", "abs({0} + 0.0417)", "0.2*tanh({0})^3",
         "1/(2 + {0}^2)", "1/sqrt(1 + {0}^2/q^2)", "(1.5 + {0}^2)^p",
         "(1.5 + {0}^2)^-0.7", "(1.7 + {0}^2)^-2", "floor(3*{0})*tanh({0})",
         "min({0}, 0.3071)", "max({0}, p - 0.5119)", "relu({0} - 0.0713)",
         "clamp({0}, -0.8391, q)", "p/(q + {0}^2)", "{0}*mean({0})",
         "{0}/(1 + norm({0}))", "{0} - max({0})", "{0}/(2 + norm_max({0}))",
         "min({0})*{0}", "if {0} < 0.0512 then p*{0} else sin({0})",
         "sum({0})/(1 + dot({0}, {0}))*{0}", "n*{0}/4", "size(x)*{0}/10",
         "{0}/(1 + spacing(x))", "sign({0})*{0}^2/(1 + {0}^2)"]
BINARY = ["{0} + {1}", "{0} - {1}", "tanh({0})*{1}", "{0}/(2 + {1}^2)",
          "max({0}, {1})", "min({0}, q*{1})", "p*{0} + q*{1}",
          "(1.5 + tanh({0})^2)^tanh({1})", "{0}*dot({0}, {1})/size(x)",
          "if {0} < {1} then p*{0} else {1}/2", "inner([{0}, p], [{1}, {1}])"]

OPERATORS = ["forward(x)'(forward(x)({0}))", "central(x)({0})", "d2(x)({0})",
             "laplace({0})", "stencil(x, [p, -1, q])({0})", "(p*laplace)({0})",
             "stencil(x, [1, q, -1/2], from = 0)({0})",
             "stencil(x, [p, 1, -q, 1/2, 1])({0})", "central(x)'({0})",
             "stencil(x, [q, 1, p])'({0})", "(central(x) + p*d2(x))({0})",
             "grad'(grad({0}))", "central(x)(tanh({0}))",
             "central(x)({0}^2/2)", "laplace({0}/(2 + {0}^2))",
             "d2(x)(sin(p*{0}))", "upwind(x, q - 0.4083, {0})",
             "-forward(x)'(charbonnier_flux(forward(x)({0}), q))",
             "forward(x)'(stencil(x, [1/2, 1/2], from = 0)(g)*forward(x)({0}))",
             "backward(x)'(tanh(p*backward(x)({0})))",
             "laplace(laplace({0}))", "central(x)(central(x)({0}))",
             "(d2(x)*d2(x))({0})", "stencil(x, [q, 1, p])({0} + {0}/p)",
             "(stencil(x, [p, 1, q])/(1 + q))({0})",
             "(stencil(x, [1, p, q])/3)'({0})"]
OF_RANK = {1: [], 2: ["central(y)({0})", "(central(x)*central(y))({0})",
                      "stencil(X, [[p, 1, q], [1, -2, 1], [0, q, 1/2]])({0})",
                      "stencil(X, [[p, 1], [q, -1]])'({0})",
                      "forward(y)'(p*forward(y)({0}))"],
           3: ["central(z)({0})", "(central(x)*central(z))({0})",
               "forward(z)'(tanh(forward(z)({0})))"]}

# Right-hand sides; {0} is the state, {a} the scale of differences.
RATES = ["{a}*laplace({0})", "{a}*p*laplace({0}) + sin({0})",
         "-{a}*forward(x)'(charbonnier_flux(forward(x)({0}), q))",
         "-{a}*forward(x)'(perona_malik_flux(forward(x)({0}), q))",
         "{a}*g*d2(x)({0}) - {0}^3", "{a}*stencil(x, [p, -1, q])({0})",
         "{a}*d2(x)({0}) - tanh({0})*mean({0})", "p*(g - {0})",
         "{a}*central(x)({0}^2/2) + 0.1*{0}",
         "-{a}*grad'(freeze(1/(1 + inner(grad({0}), grad({0}))/q^2))"
         "*grad({0}))",
         "-{a}*grad'(grad({0})/sqrt(1 + inner(grad({0}), grad({0}))))",
         "{a}*upwind(x, p, {0})", "{a}*laplace({0}^2/2)",
         "norm({0})*{a}*laplace({0})/5"]
SCHEMES = ["explicit({R}, tau)", "explicit({R}, tau)", "heun({R}, tau)",
           "fsi({R}, tau, cycle = 3)", "fed({R}, tau, cycle = 3)",
           "rkl1({R}, tau, stages = 3)", "rkl2({R}, tau, stages = 3)",
           "nesterov({R}, tau, cycle = 3)", "ssprk3({R}, tau)",
           "u -> u + tau*{R}(u)", "u -> hold({R}, u)(u)*tau + u",
           "implicit({R}, tau, tol = 1e-14)",
           "crank_nicolson({R}, tau, tol = 1e-14)",
           "semi_implicit({R}, tau, tol = 1e-14)"]
SOLVERS = ["jacobi(4/5)", "jacobi(1/2)", "red_black()", "cg()",
           "v_cycle(levels = 2)", "chebyshev(0.9, 1 + 10*q)", "minres()",
           "bicgstab()", "gmres(6)", "newton()", "newton(by = gmres(5))"]
OF_SYMMETRIC = {"cg()", "minres()", "chebyshev(0.9, 1 + 10*q)"}
SYMMETRIC = ["{0} - q*{a}*laplace({0})", "p*{0} + q*{a}*forward(x)'(forward(x)({0}))",
             "(1 + g^2)*{0} - {a}*laplace({0})"]
GENERAL = ["{0} - tau*{a}*stencil(x, [p, -2, q])({0})",
           "{0} + tau*{a}*central(x)({0})"]

NONLINEAR = ["{0} + q*{0}^3 - {a}*laplace({0})",
             "{0} - tau*div(charbonnier_flux(grad({0}), p))",
             "p*{0} + sin(q*{0})/2 + tau*{a}*central(x)({0})"]

LOOPS = [
    """var u = {0}
  for k in 1 .. n {{
    u = u + tau/(k + 1)*{R}(u)
  }}
  return u""",
    """var u = {0}
  var t = p
  for k in 1 .. n {{
    u, t = u + tau*t*{R}(u), t + q/k*mean(u)
  }}
  return u + t""",
    """var u = {0}
  for k in 1 .. 2 {{
    let start = u
    for j in k .. n {{
      u = u + tau/j*({R}(u) - 0.1*start)
    }}
  }}
  return u""",
    """var u = {0}
  var v = {1}
  for k in 1 .. n {{
    u, v = u + tau*{R}(u) - tau*k*v, v + tau*u
  }}
  return u*v""",
    """var u = {0}
  for k in 1 .. n {{
    u = (if k == 2 then p else q)*u + tau*{R}(u)
  }}
  return u""",
    """var u = {0}
  for k in 1 .. 2 {{
    u = fixpoint v from u {{ {0} + tau/k*{R}(v) }} until change < 1e-14
  }}
  return u""",
    """return fixpoint v from {1} {{ {0} + tau*{R}(v) }} until change < 1e-14""",
    """return fixpoint v from {1} {{
    0.4*sin(v) + q*{0}/3 + tau*{R}(v)
  }} until change < 1e-14, at most 300""",
    """let v, k = fixpoint v, k from {0}, 0 {{
    v + tau*{R}(v), k + 1
  }} until k >= 4
  return v""",
    """let v, s = fixpoint v, s from {0}, p {{
    v + tau*s*{R}(v), s/2 + mean(v)/4
  }} until change < 1e-14
  return v*s""",
    """let u, v = fixpoint u, v from {0}, {1} {{
    0.3*v + p*{0}/2, 0.4*tanh(u) + tau*{R}(v)
  }} until change < 1e-14
  return u + v^2""",
    """return fixpoint v from {0} {{
    v + 0.3*({1} - v) + tau*{R}(v)
  }} until change < 1e-20, at most 3 else accept""",
    """return fixpoint v from {0} {{
    0.5*v/(1 + norm(v)) + q*{1}/3 + tau*{R}(v)
  }} until change < 1e-14""",
]


class Script:
    """The text, and what is to be known of it."""

    FEATURES = ["arithmetic", "operators", "operators", "evolution", "loop",
                "loop", "equation", "hierarchy", "system", "bound"]

    TRANSFERS = [
        "prolong(restrict({0}))", "prolong(tanh(restrict({0})))",
        "prolong(laplace(restrict({0})))*0.3",
        "prolong(0.3*central(x)(restrict({0})) + q)",
        "like({0}, dot(restrict({0}), restrict({0})))",
        "prolong(restrict({0}, homogeneous = true)^2)"]

    def __init__(self, numbers):
        self.numbers = numbers
        self.rank = int(numbers.choice([1, 1, 1, 2, 2, 3]))
        self.params = {name: self.real(0.4, 1.2) for name in ("p", "q")}
        self.params["tau"] = self.real(0.03, 0.09)
        self.lines, self.terms, self.made = [], [], 0
        self.fields = ["f", "g"]
        self.names = ["f", "g", "f"]
        self.size = "p"
        grid = self.grid()
        self.lines.append("input f on X%s\ninput g on X%s" % (
            self.rules(), self.rules()))
        for _ in range(int(numbers.integers(1, 4))):
            getattr(self, str(numbers.choice(self.FEATURES)))()
        self.finish(grid)

    # -- parts -----------------------------------------------------------------

    def real(self, low, high):
        return round(float(self.numbers.uniform(low, high)), 3)

    def pick(self, choices):
        return choices[int(self.numbers.integers(len(choices)))]

    def is_likely(self, chance):
        return self.numbers.random() < chance

    def value(self):
        """Of a side."""
        choices = ["%r" % self.real(-1, 1), "p", "q - p^2", "0"]
        if self.rank > 1:
            other = AXES[self.rank - 1]
            choices += ["sin(x) + p*" + other, "q*x*%s" % other,
                        "exp(-p*%s)*q" % other]
        return self.pick(choices)

    def rule(self):
        kind = self.pick(["reflecting", "dirichlet", "dirichlet", "neumann",
                          "robin", "extrapolated"])
        if kind == "robin":
            return "robin(%s, %s, %s)" % (self.pick(["1", "p", "0.7"]),
                                          self.pick(["q", "0.5"]), self.value())
        if kind in ("dirichlet", "neumann"):
            return "%s %s" % (kind, self.value())
        return kind

    def grid(self):
        parts, shape = [], []
        self.is_periodic = [self.is_likely(0.15) for _ in range(self.rank)]
        self.is_coarsened = self.is_likely(0.35)
        size = {1: 8, 2: 6, 3: 4}[self.rank]
        for axis in range(self.rank):
            name = AXES[axis] + " " if self.rank > 1 else ""
            if self.is_periodic[axis]:
                parts.append(name + "periodic")
                shape.append(size)
                continue
            sides = [self.rule(), self.rule()]
            if self.is_coarsened:
                kinds = [side.startswith("dirichlet") for side in sides]
                if kinds[0] != kinds[1]:
                    sides[1] = sides[0]
            is_odd = sides[0].startswith("dirichlet")
            shape.append(size - is_odd if self.is_coarsened else
                         size + int(self.numbers.integers(-1, 3)))
            parts += ["%slow %s" % (name, sides[0]),
                      "%shigh %s" % (name, sides[1])]
        self.shape = tuple(shape)
        extent = self.pick(["", "", ", spacing p", ", extent [0, 4*q]"])
        if extent and self.rank > 1:
            extent = self.pick(["", ", spacing [%s]" % ", ".join(
                ["p", "q", "0.8"][:self.rank])])
        return "grid X : %dd, boundary %s%s\n" % (
            self.rank, ", ".join(parts), extent)

    def rules(self):
        if self.is_likely(0.6):
            return ""
        clauses = []
        for axis in range(self.rank):
            if not self.is_periodic[axis] and self.is_likely(0.7):
                name = AXES[axis] + " " if self.rank > 1 else ""
                clauses.append("%s%s %s" % (
                    name, self.pick(["low", "high"]), self.rule()))
        return ", boundary " + ", ".join(clauses) if clauses else ""

    def expression(self, depth):
        if depth == 0 or self.is_likely(0.1):
            return self.pick(self.names + ["x", AXES[self.rank - 1]])
        if self.is_likely(0.6):
            return "(%s)" % self.pick(UNARY).format(self.expression(depth - 1))
        return "(%s)" % self.pick(BINARY).format(self.expression(depth - 1),
                                                 self.expression(depth - 1))

    def name(self, of):
        self.made += 1
        return "%s%d" % (of, self.made)

    def state(self):
        """The name of a field with a rule."""
        if self.is_likely(0.4):
            return self.pick(["f", "g"])
        name = self.name("s")
        self.lines.append("let %s on X%s = %s" % (
            name, self.rules(), self.expression(2)))
        return name

    def add(self, text):
        name = self.name("e")
        self.lines.append("let %s = %s" % (name, text))
        self.names.append(name)
        self.terms.append(name)

    def rate(self):
        name = self.name("R")
        # As large as numbers, whatever the spacing.
        self.lines.append("fun %s(u) = %s" % (
            name, self.pick(RATES).format("u", a="0.4")))
        return name

    # -- features --------------------------------------------------------------

    def arithmetic(self):
        self.add(self.expression(3))

    def operators(self):
        choices = OPERATORS + OF_RANK[self.rank]*3
        text = self.pick(choices).format(self.state())
        if self.is_likely(0.3):
            text = "like(%s, p)*%s" % (text, text)
        self.add("0.3*" + text)

    def evolution(self):
        name = self.name("u")
        scheme = self.pick(SCHEMES).format(R=self.rate())
        count = self.pick(["1", "2", "n"])
        self.lines.append("evolve %s from %s by %s for %s steps" % (
            name, self.state(), scheme, count))
        self.terms.append(name)
        self.names.append(name)

    def loop(self):
        name = self.name("L")
        body = self.pick(LOOPS).format("a", "b", R=self.rate())
        self.lines.append("fun %s(a, b) = {\n  %s\n}" % (name, body))
        self.add("%s(%s, %s)" % (name, self.state(), self.state()))

    def equation(self):
        name, of = self.name("v"), self.name("A")
        solver = self.pick(SOLVERS)
        if solver.startswith("v_cycle") and not self.is_coarsened:
            solver = "jacobi(4/5)"
        choices = SYMMETRIC + ([] if solver in OF_SYMMETRIC else GENERAL)
        if solver.startswith("newton"):
            choices = NONLINEAR
        self.lines.append("fun %s(u) = %s" % (
            of, self.pick(choices).format("u", a="0.4")))
        right = self.pick(["f", "g", "p*f", "g + q"])
        self.lines.append(
            "solve %s(%s) = %s%s by %s until residual < 1e-13, at most 2000" % (
                of, name, right, self.pick(["", " from f"]), solver))
        self.terms.append(name)
        self.names.append(name)

    def hierarchy(self):
        if not self.is_coarsened:
            return self.operators()
        self.add(self.pick(self.TRANSFERS).format(self.state()))

    def system(self):
        a, b = self.name("u"), self.name("u")
        self.lines.append(
            "evolve %s, %s from %s, %s by (u, v) -> [u + tau*(%s), v + tau*(%s)]"
            " for %s steps" % (
                a, b, self.state(), self.state(), self.pick([
                    "0.3*laplace(u) - u*v^2 + p", "tanh(v)*d2(x)(u)",
                    "%s(u) + v" % self.rate()]),
                self.pick(["u - q*v", "0.3*laplace(v) + sin(u)"]),
                self.pick(["1", "n"])))
        self.terms += [a, b]

    def bound(self):
        name, of = self.name("u"), self.name("R")
        self.lines.append("fun %s(u) = %s" % (of, self.pick([
            "-forward(x)'(p*charbonnier_flux(forward(x)(u), q))",
            "-grad'(q*grad(u))", "-q*forward(x)'(forward(x)(u))"])))
        self.lines.append(
            "evolve %s from %s by explicit(%s, 0.7*limit(%s, f)) for 2 steps" %
            (name, "f", of, of))
        self.terms.append(name)

    # -- the whole -------------------------------------------------------------

    def finish(self, grid):
        """Named fields vary by a parameter of their own, which is not zero: fields
        of coordinates alone have several greatest cells."""
        variable = None
        if self.is_likely(0.5):
            variable = "m"
            self.lines.append("let m on X%s = %s" % (
                self.rules(), self.expression(1)))
            self.add(self.pick(OPERATORS).format("m"))
            self.add("m*tanh(m)")
        objective = " + ".join(self.pick([
            "dot({0}, {0})/2", "sum(sin({0}))", "mean({0}^2)", "norm({0} - p)",
            "dot({0}, g)", "max({0}) + norm_max({0})", "sum({0})*norm({0})",
            "sum(min({0}, 0.7019))", "dot({0}, x)"]).format(term)
            for term in self.terms)
        self.outputs = ["J_", "g_f", "g_g"]
        shown = ["J_ = like(f, J)", "g_f = gradient(J, f)",
                 "g_g = gradient(J, g)"]
        body = list(self.lines)
        if variable:
            self.params["shift"] = 0.3
            self.fields.append("dm")
            place = next(i for i, line in enumerate(body)
                         if line.startswith("let m on X"))
            body[place] = body[place] + " + shift*dm"
            body.insert(0, "input dm on X")
            self.outputs.append("g_dm")
            shown.append("g_dm = gradient(J, dm)")
        for name in self.params:
            by = "gradient(J, %s)" % name
            if name == "shift":
                by = "dot(gradient(J, m), dm)"
            shown.append("g_%s = like(f, %s)" % (name, by))
            self.outputs.append("g_" + name)
        declared = ", ".join("%s = %r where %s > 0" % (name, value, name)
                             for name, value in self.params.items())
        # Inputs in the order of the fields' names.
        if variable:
            body[0], body[1] = body[1], body[0]
        self.text = "%sparam n = 3, %s\n%s\nlet J = %s\noutput %s\n" % (
            grid, declared, "\n".join(body), objective,
            ",\n    ".join(shown))
        self.params = {"n": 3, **self.params}
