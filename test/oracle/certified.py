"""What the compiler says is proved of a script's evolutions."""

import json
import subprocess

# Statements are about exact arithmetic: this is left for rounding.
ROUNDING = 1e-11


def certificates(workshop, script):
    """Of all evolutions of a script."""
    path = workshop.write("certified.pde", script)
    run = subprocess.run([workshop.pdec, path, "--emit", "cert"],
                         capture_output=True, text=True, timeout=120)
    if run.returncode != 0:
        raise RuntimeError("%s\n%s" % (script, run.stderr))
    return json.loads(run.stdout)["evolutions"]


def certificate(workshop, script):
    """Of the script's only evolution."""
    evolution, = certificates(workshop, script)
    return evolution


def claimed(evolution):
    """The statements that hold, and "mean". Those about the exact solution of
    an iteration say nothing of a tolerance."""
    exact = any(claim["of_exact_solution"] for claim in evolution["claims"])
    claims = {claim["statement"] for claim in evolution["claims"]
              if claim["holds"] and not claim["of_exact_solution"]}
    return claims | ({"mean"} if evolution["keeps_mean"] and not exact
                     else set())


def held(evolution, statement):
    """Whether such a claim holds, and the bound of growth."""
    for claim in evolution["claims"]:
        if claim["statement"] == statement:
            return claim["holds"], claim["growth"]
    return False, None
