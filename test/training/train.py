"""A small training against NumPy: forwards and backwards by matrices, Adam from
its formulas, the order of samples from the generator that docs/training.md
names. The bits do not depend on threads, nor on a kill between two epochs.

usage: train.py path/to/pdec"""

import os
import signal
import subprocess
import sys
import tempfile
import time

import numpy as np

CELLS, FILTERS, SAMPLES, BATCH, EPOCHS = 16, 2, 11, 4, 3
RATE, LAMBDA = 0.02, 0.3
SCRIPT = """grid X : 1d, boundary reflecting
trainable param W : real[2, 3] = [[-0.5, 0, 0.5], [0.25, -0.5, 0.25]],
    lambda = 0.3 where 0.29 <= lambda < 1
input f on X
input g on X
fun net(u) = {
  var r = 0*u
  for k in 0 .. 1 {
    let K = stencil(x, W[k])
    let z = K(u)
    r = r + K'(z*exp(-z^2/(2*lambda^2)))
  }
  return u - r
}
let v = net(f)
let J = dot(v - g, v - g)/2
train W, lambda minimising J by adam(rate = 0.02) for 3 epochs, batch 4
output v, by_W = gradient(J, W), by_lambda = gradient(J, lambda)
"""


def shifts():
    """Of each tap the matrix, with cells mirrored at the ends."""
    result = []
    for offset in (-1, 0, 1):
        matrix = np.zeros((CELLS, CELLS))
        for i in range(CELLS):
            j = i + offset
            matrix[i, -1 - j if j < 0 else
                   2*CELLS - 1 - j if j >= CELLS else j] = 1
        result.append(matrix)
    return result


SHIFTS = shifts()


def loss(weights, f, g):
    """What is minimised, and its derivatives, backwards by hand."""
    W, lam = weights[:-1].reshape(FILTERS, 3), weights[-1]
    v = f.copy()
    parts = []
    for w in W:
        K = sum(c*S for c, S in zip(w, SHIFTS))
        z = K @ f
        e = np.exp(-z**2/(2*lam**2))
        parts.append((K, z, e))
        v -= K.T @ (z*e)
    p = v - g
    slope = []
    for K, z, e in parts:
        q = K @ p  # of the flux
        along = q*e*(1 - z**2/lam**2)
        slope += [-(z*e) @ (S @ p) - along @ (S @ f) for S in SHIFTS]
    slope.append(-sum((K @ p) @ (z*e*z**2/lam**3) for K, z, e in parts))
    return v, p @ p/2, np.array(slope)


def order(seed, epoch):
    state = (seed*1000003 + epoch) % 2**64
    result = list(range(SAMPLES))
    for i in range(SAMPLES - 1, 0, -1):
        state = (state + 0x9e3779b97f4a7c15) % 2**64
        z = state
        z = (z ^ z >> 30)*0xbf58476d1ce4e5b9 % 2**64
        z = (z ^ z >> 27)*0x94d049bb133111eb % 2**64
        j = (z ^ z >> 31) % (i + 1)
        result[i], result[j] = result[j], result[i]
    return result


FIRST = np.array([-0.5, 0, 0.5, 0.25, -0.5, 0.25, LAMBDA])


def legal(w):
    return np.append(w[:-1], np.clip(w[-1], 0.29, np.nextafter(1, 0)))


def trained(f, g, seed, epochs, after=None):
    """The weights and the losses of epochs; `after` sees the weights of each."""
    w = FIRST
    m, v, t, losses = 0*w, 0*w, 0, []
    for epoch in range(1, epochs + 1):
        samples, total = order(seed, epoch), 0
        for begin in range(0, SAMPLES, BATCH):
            batch = samples[begin:begin + BATCH]
            results = [loss(w, f[i], g[i]) for i in batch]
            total += sum(r[1] for r in results)
            slope = sum(r[2] for r in results)/len(batch)
            t += 1
            m = 0.9*m + 0.1*slope
            v = 0.999*v + 0.001*slope**2
            w = legal(w - RATE*(m/(1 - 0.9**t))/(np.sqrt(v/(1 - 0.999**t))
                                                 + 1e-8))
        losses.append(total/SAMPLES)
        if after:
            after(w)
    return w, losses


def trained_by_lbfgs(f, g, epochs, memory=5):
    """The two loops over the last steps, of all samples at once."""
    w, pairs, last = FIRST, [], None
    for _ in range(epochs):
        slope = sum(loss(w, *both)[2] for both in zip(f, g))/SAMPLES
        scale = 1/max(np.linalg.norm(slope), 1)
        if last:
            s, y = w - last[0], slope - last[1]
            if s @ y > 1e-10*np.linalg.norm(s)*np.linalg.norm(y):
                pairs, scale = (pairs + [(s, y)])[-memory:], s @ y/(y @ y)
        q, alphas = slope, []
        for s, y in reversed(pairs):
            alphas.append(s @ q/(s @ y))
            q = q - alphas[-1]*y
        q = scale*q
        for (s, y), alpha in zip(pairs, reversed(alphas)):
            q = q + (alpha - y @ q/(s @ y))*s
        last = (w, slope)
        w = legal(w - 0.5*q)
    return w


class Folder:
    """A folder with the script and its samples."""

    def __init__(self, pdec, place):
        self.pdec, self.place = pdec, place
        random = np.random.default_rng(5)
        self.g = np.cumsum(random.standard_normal((SAMPLES, CELLS)), 1)/4
        self.f = self.g + 0.2*random.standard_normal(self.g.shape)
        np.save(self.path("f.npy"), self.f)
        np.save(self.path("g.npy"), self.g.astype(np.float32))
        self.g = self.g.astype(np.float32).astype(float)
        with open(self.path("net.pde"), "w") as script:
            script.write(SCRIPT)

    def path(self, name):
        return os.path.join(self.place, name)

    def command(self, out, *more):
        return [self.pdec, "train", self.path("net.pde"), "--input",
                "f=" + self.path("f.npy"), "--input", "g=" + self.path("g.npy"),
                "-o", self.path(out), *more]

    def train(self, out, *more):
        subprocess.run(self.command(out, *more), check=True,
                       stdout=subprocess.DEVNULL)
        with np.load(self.path(out)) as found:
            return np.append(found["W"].ravel(), found["lambda"])


def check(condition, what):
    if not condition:
        sys.exit("train.py: " + what)


def kill_and_resume(folder, epochs):
    """The first epoch is done when the checkpoint is there."""
    run = subprocess.Popen(folder.command("killed.npz", "--epochs", str(epochs)),
                           stdout=subprocess.DEVNULL)
    checkpoint = folder.path("killed.npz.checkpoint")
    while not os.path.exists(checkpoint) and run.poll() is None:
        time.sleep(0.002)
    check(run.poll() is None, "it was over before it could be killed")
    run.send_signal(signal.SIGKILL)
    run.wait()
    check(not os.path.exists(folder.path("killed.npz")), "a killed run wrote")
    other = subprocess.run(folder.command("killed.npz", "--resume",
                                          "--precision", "f32"),
                           capture_output=True, text=True)
    check(other.returncode == 1 and "it is of another training: the script, "
          "the precision, parameters or sizes differ" in other.stderr,
          "resumed in another precision: " + other.stderr)
    return folder.train("killed.npz", "--epochs", str(epochs), "--resume")


def single_run(folder, weights):
    """A run with trained weights, which come from the archive."""
    np.save(folder.path("f0.npy"), folder.f[0])
    np.save(folder.path("g0.npy"), folder.g[0])
    subprocess.run([folder.pdec, "run", folder.path("net.pde"), "--input",
                    "f=" + folder.path("f0.npy"), "--input",
                    "g=" + folder.path("g0.npy"), "--weights",
                    folder.path("one.npz"), "--output", "v=" +
                    folder.path("v.npy") + ",by_W=" + folder.path("s.npy") +
                    ",by_lambda=" + folder.path("l.npy"), "--quiet"],
                   check=True)
    v, _, slope = loss(weights, folder.f[0], folder.g[0])
    found = np.append(np.load(folder.path("s.npy")).ravel(),
                      np.load(folder.path("l.npy")))
    check(np.load(folder.path("s.npy")).shape == (2, 3), "the shape of by_W")
    check(np.allclose(np.load(folder.path("v.npy")), v, 1e-12, 1e-12), "v")
    check(np.allclose(found, slope, 1e-10, 1e-12), "derivatives of one run")


def refusals(folder):
    """What cannot be trained is told, and leaves no file."""
    np.save(folder.path("few.npy"), folder.f[:3])
    np.save(folder.path("flat.npy"), folder.f[0])
    np.savez(folder.path("wild.npz"), W=np.full((2, 3), 1e200))
    f, g = ["--input", "f=" + folder.path("f.npy")], \
        ["--input", "g=" + folder.path("g.npy")]
    for options, code, message in (
            ([], 1, "input 'f' has no default: give --input f=FILE.npy"),
            (["--input", "f=" + folder.path("few.npy")] + g, 1,
             "it has 11 samples, but another input has 3"),
            (["--input", "f=" + folder.path("flat.npy")], 1,
             "it has rank 1, but samples on grid X need rank 2"),
            (f + g + ["--weights", folder.path("wild.npz")], 1,
             "epoch 1, batch 1: sample"),
            (f + g + ["--resume"], 1, "cannot resume from"),
            (f + g + ["--epochs", "0"], 2, "needs an integer from 1 on"),
            (f + g + ["-o", folder.path("none.npy")], 2,
             "weights are written as .npz, but -o gives"),
            (f + g + ["--plot", folder.path("none.svg")], 2,
             "option '--plot' is for runs, not for trainings"),
            (f + g + ["--epoch", "3"], 2, "unknown option '--epoch'")):
        ran = subprocess.run([folder.pdec, "train", folder.path("net.pde"),
                              "-o", folder.path("none.npz"), *options],
                             capture_output=True, text=True)
        check(ran.returncode == code and message in ran.stderr,
              "%s: %d, %s" % (message, ran.returncode, ran.stderr))
    ran = subprocess.run(folder.command("none.npz", "--set", "lambda=0.2"),
                         capture_output=True, text=True)
    check("parameter 'lambda' must be >= 0.29 and < 1" in ran.stderr,
          "an illegal start: " + ran.stderr)
    check(not os.path.exists(folder.path("none.npz")), "a file is left")


def diverging(folder):
    """With steps that are too long the weights, and then a loss, are no
    numbers."""
    with open(folder.path("wild.pde"), "w") as script:
        script.write(SCRIPT.replace("adam(rate = 0.02)", "sgd(rate = 1e200)"))
    command = folder.command("none.npz")
    command[2] = folder.path("wild.pde")
    ran = subprocess.run(command, capture_output=True, text=True)
    check(ran.returncode == 1 and "error: epoch 1, batch 2: sample " in
          ran.stderr and "is not finite" in ran.stderr, ran.stderr)


def validated(folder):
    """Training ends when the samples that it does not learn from get worse, and
    gives the weights with which they were best."""
    random = np.random.default_rng(8)
    g = np.cumsum(random.standard_normal((5, CELLS)), 1)/4
    f = g + 0.1*random.standard_normal(g.shape)
    for name, data in (("f", f), ("g", g)):
        np.save(folder.path("validate_%s.npy" % name), data)
    seen, weights = [], []

    def note(w):
        weights.append(w)
        seen.append(sum(loss(w, *both)[1] for both in zip(f, g))/len(f))
    trained(folder.f, folder.g, 1, 40, note)
    patience, best, done = 3, 0, 1
    while done - best <= patience:
        best = done if seen[done] < seen[best] else best
        done += 1
    check(0 < best and done < len(seen), "the case has no least loss within")
    options = ["--epochs", "40", "--patience", str(patience), "--curve",
               folder.path("curve.csv")]
    for name in "fg":
        options += ["--validate",
                    "%s=%s" % (name, folder.path("validate_%s.npy" % name))]
    for threads in ("1", "3"):
        found = folder.train("validated.npz", "--threads", threads, *options)
        check(np.allclose(found, weights[best], 1e-9, 1e-11), "the best weights")
        curve = np.loadtxt(folder.path("curve.csv"), delimiter=",", skiprows=1)
        check(len(curve) == done and
              np.allclose(curve[:, 2], seen[:done], 1e-9, 0),
              "validation: %s\n%s" % (curve[:, 2], seen[:done]))
    ran = subprocess.run(folder.command("none.npz", "--patience", "2"),
                         capture_output=True, text=True)
    check(ran.returncode == 2 and "--patience is for trainings with" in
          ran.stderr, ran.stderr)


def by_lbfgs(folder):
    text = SCRIPT.replace("adam(rate = 0.02) for 3 epochs, batch 4",
                          "lbfgs(0.5) for 9 epochs, batch 11")
    with open(folder.path("lbfgs.pde"), "w") as script:
        script.write(text)
    command = folder.command("lbfgs.npz")
    command[2] = folder.path("lbfgs.pde")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with np.load(folder.path("lbfgs.npz")) as found:
        weights = np.append(found["W"].ravel(), found["lambda"])
    wanted = trained_by_lbfgs(folder.f, folder.g, 9)
    check(np.allclose(weights, wanted, 1e-8, 1e-10), "lbfgs: differs by %g" %
          np.max(np.abs(weights - wanted)))


def main(pdec):
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(pdec, place)
        weights = folder.train("one.npz", "--threads", "1", "--curve",
                               folder.path("curve.csv"))
        wanted, losses = trained(folder.f, folder.g, 1, EPOCHS)
        check(np.allclose(weights, wanted, 1e-9, 1e-11),
              "weights differ by %g" % np.max(np.abs(weights - wanted)))
        check(weights[-1] == 0.29 or wanted[-1] > 0.29, "the projection")
        curve = np.loadtxt(folder.path("curve.csv"), delimiter=",", skiprows=1)
        check(np.allclose(curve[:, 1], losses, 1e-10, 0), "the curve")
        single_run(folder, weights)
        refusals(folder)
        diverging(folder)
        validated(folder)
        by_lbfgs(folder)
        for threads in ("2", "3"):
            others = folder.train("other.npz", "--threads", threads)
            check(np.array_equal(weights, others), threads + " threads")
        seeded = folder.train("seeded.npz", "--seed", "7", "--epochs", "2")
        check(np.allclose(seeded, trained(folder.f, folder.g, 7, 2)[0], 1e-9,
                          1e-11), "another seed")
        whole = folder.train("whole.npz", "--epochs", "300")
        check(np.array_equal(whole, kill_and_resume(folder, 300)),
              "a killed run goes on to other weights")


main(sys.argv[1])
