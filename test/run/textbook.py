#!/usr/bin/env python3
"""Examples, and scripts of Inputs, of equations in time against closed forms and
the same schemes in NumPy, in both forms.

usage: textbook.py path/to/pdec path/to/examples
"""

import math
import sys

import numpy as np

sys.dont_write_bytecode = True
from forms import Forms

forms = Forms(sys.argv[1], sys.argv[2])
results, check_below = forms.results, forms.check_below


def second(u, axis, h=1.0):
    """On a circle."""
    return (np.roll(u, -1, axis) - 2*u + np.roll(u, 1, axis))/h**2


# -- reactions and patterns ----------------------------------------------------------

def brusselator():
    def noise(seed):
        return forms.made("grid X : 2d, boundary periodic, size 64\n"
                          "output r = 0.1*noise(X, %d)\n" % seed)

    def rate(u, v):
        spread = [second(w, 0) + second(w, 1) for w in (u, v)]
        return np.array([2*spread[0] + 4.5 - 8.5*u + u**2*v,
                         16*spread[1] + 7.5*u - u**2*v])
    found = results("brusselator", "u", "v")
    state = np.array([4.5 + noise(1), 7.5/4.5 + noise(2)])
    for _ in range(2000):
        k = rate(*state)
        state = state + 0.01/2*(k + rate(*(state + 0.01*k)))
    check_below("brusselator", np.max(np.abs(found - state)), 1e-9)
    forms.check("brusselator: spots", np.ptp(found[0]) > 4, np.ptp(found[0]))
    # One wave grows as the linear equations say.
    k2 = 2 - 2*math.cos(2*math.pi*9/64)
    matrix = np.array([[6.5 - 2*k2, 4.5**2], [-7.5, -4.5**2 - 16*k2]])
    values, vectors = np.linalg.eig(matrix)
    most = np.argmax(values)
    wave = np.cos(2*np.pi*9*np.arange(64)/64)[:, None]*np.ones(64)
    start = {"u0": 4.5 + 1e-6*vectors[0, most]*wave,
             "v0": 7.5/4.5 + 1e-6*vectors[1, most]*wave}
    u, = results("brusselator", "u", inputs=start, params={"n": 200})
    grown = np.vdot(u - 4.5, wave)/np.vdot(start["u0"] - 4.5, wave)
    check_below("brusselator: growth", abs(math.log(grown)/2 - values[most]),
                1e-3)
    forms.check("brusselator: it grows", values[most] > 0.1, values)


def fisher():
    """Ablowitz and Zeppetella's wave."""
    u, front = results("fisher", "u", "front")
    x = -20 + np.arange(1, len(u) + 1)*60/(len(u) + 1)
    check_below("fisher", np.max(np.abs(
        u - 1/(1 + np.exp(x/math.sqrt(6) - 5/6*10))**2)), 7e-4)
    check_below("fisher: front", np.max(np.abs(
        front[:, 2] - 5/math.sqrt(6)*front[:, 1])), 0.21)


def swift_hohenberg():
    """The same steps in Fourier's space; rolls whose amplitude is nearly
    sqrt(4 r/3)."""
    u, = results("swift_hohenberg", "u")
    n, h, r, tau = len(u), math.pi/4, 0.3, 0.5
    w = forms.made("grid X : 2d, boundary periodic, size [%d, %d]\n"
                   "output r = 0.1*noise(X, 1)\n" % u.shape)
    waves = (2*np.cos(2*np.pi*np.fft.fftfreq(n)) - 2)/h**2
    stiff = -(1 + waves[:, None] + waves[None, :])**2
    c, d = 1 - math.sqrt(0.5), -math.sqrt(0.5)

    def multiplied(factor, w):
        return np.fft.ifft2(factor*np.fft.fft2(w)).real

    def growth(w):
        return r*w - w**3
    for _ in range(60):
        k = growth(w)
        v = multiplied(1/(1 - c*tau*stiff), w + c*tau*k)
        w = multiplied(1/(1 - c*tau*stiff), w + tau*(
            d*k + (1 - d)*growth(v) + (1 - c)*multiplied(stiff, v)))
    check_below("swift_hohenberg", np.max(np.abs(u - w)), 2e-4)
    check_below("swift_hohenberg: amplitude",
                abs(np.max(np.abs(u)) - math.sqrt(4*r/3)), 0.25)


def lorenz():
    """The same steps by hand; errors grow like exp(0.9 t)."""
    def rate(x, y, z):
        return np.array([10*(y - x), x*(28 - z) - y, x*y - 8/3*z])
    *found, orbit = results("lorenz", "x", "y", "z", "orbit")
    state, tau = np.ones(3), 0.005
    for step in range(4000):
        if step == 1000:
            early = state
        k1 = rate(*state)
        k2 = rate(*(state + tau/2*k1))
        k3 = rate(*(state + tau/2*k2))
        k4 = rate(*(state + tau*k3))
        state = state + tau/6*(k1 + 2*k2 + 2*k3 + k4)
    check_below("lorenz: after 1000 steps",
                np.max(np.abs(orbit[250, 1:] - early)), 1e-10)
    check_below("lorenz: after 4000", np.max(np.abs(found - state)), 1e-3)
    turns = np.sum(np.diff(np.sign(orbit[:, 1])) != 0)
    forms.check("lorenz: it changes sides", 5 < turns < 60, turns)


# -- heat and diffusion ----------------------------------------------------------------

def forced_heat():
    u, = results("forced_heat", "u")
    x, w = np.arange(1, len(u) + 1)/(len(u) + 1), math.pi**2
    exact = np.sin(math.pi*x)*(w*math.sin(6) - math.cos(6) +
                               math.exp(-6*w))/(w**2 + 1)
    check_below("forced_heat", np.max(np.abs(u - exact)), 3e-5)


def heat3d():
    u, = results("heat3d", "u")
    s = np.sin(math.pi*np.arange(1, 32)/32)
    t = np.sin(2*math.pi*np.arange(1, 32)/32)
    exact = math.exp(-6*math.pi**2*0.05)*(s[:, None, None]*s[:, None]*t)
    check_below("heat3d", np.max(np.abs(u - exact)), 5e-4)


def stochastic_heat():
    """The same steps with the same noise; and its variance, wave by wave."""
    grid = "grid X : 1d, boundary periodic, extent [0, 1], size %d\n"
    noise = forms.workshop.in_memory(forms.workshop.write(
        "noise.pde", grid % 100 +
        "evolve k from 0 by k -> k + 1 for 2000 steps\n"
        "    record w = noise(X, k) every 1\noutput k\n")).run(
            {}, ["w"])["w"]
    u, = results("stochastic_heat", "u")
    h = 1/100
    w, tau = np.zeros(100), 0.4*h**2
    for one in noise[:2000]:
        w = w + tau*second(w, 0, h) + math.sqrt(3*tau/h)*one
    check_below("stochastic_heat", np.max(np.abs(u - w)), 1e-12)
    u, = results("stochastic_heat", "u", params={"n": 50}, size=40000)
    n, h = 40000, 1/40000
    g = 1 - 1.6*np.sin(np.pi*np.arange(1, n)/n)**2
    variance = (np.sum((1 - g**100)/(1 - g**2)) + 50)/n*0.4*h**2/h
    check_below("stochastic_heat: variance",
                abs(np.mean(u**2)/variance - 1), 0.08)


def newton_diffusion():
    """The same steps with dense matrices; Barenblatt's solution."""
    u, = results("newton_diffusion", "u")
    n, h = len(u), 12/(len(u) + 1)
    x = -6 + np.arange(1, n + 1)*h

    def barenblatt(t):
        return np.cbrt(np.maximum(1 - 3/40*x**2/t**0.4, 0))/t**0.2
    line = (np.eye(n, k=1) + np.eye(n, k=-1) - 2*np.eye(n))/h**2
    w, steps = barenblatt(1), 10
    for _ in range(steps):
        v = w
        for _ in range(30):
            v = v - np.linalg.solve(np.eye(n) - line*(4*v**3)/steps,
                                    v - line @ v**4/steps - w)
        w = v
    check_below("newton_diffusion", np.max(np.abs(u - w)), 1e-6)
    check_below("newton_diffusion: Barenblatt's",
                np.mean(np.abs(u - barenblatt(2))), 5e-3)


def bessel1(s):
    return sum((-1)**k*(s/2)**(2*k + 1)/math.gamma(k + 1)/math.gamma(k + 2)
               for k in range(25))


def polar():
    """A wave of the disc decays by the square of the first zero of J1."""
    n, m, zero = 40, 48, 3.8317059702075123
    r = (np.arange(n) + 0.5)/(n + 0.5)
    wave = bessel1(zero*r)[:, None]*np.cos(2*np.pi*np.arange(m)/m)
    u, = results("polar", "u", inputs={"f": wave})
    check_below("polar", np.max(np.abs(u - math.exp(-zero**2*0.05)*wave)), 2e-4)


def batch():
    """Each of the signals, as if it were alone."""
    found = results("batch", "u", "v", "w")
    x = np.arange(256) + 0.5
    noise = [forms.made("grid X : 1d, size 256\noutput r = 0.1*noise(X, %d)\n"
                        % seed) for seed in (1, 2, 3)]
    starts = (x >= 100)*1.0, 1.0 - (x >= 50), 0.01*x
    for name, u, start, more in zip("uvw", found, starts, noise):
        w = start + more
        for _ in range(200):
            s = np.diff(w)
            flux = s/np.sqrt(1 + s**2/0.05**2)
            w = w + 0.4*np.diff(flux, prepend=0, append=0)
        check_below("batch: " + name, np.max(np.abs(u - w)), 1e-12)


# -- waves and transport -----------------------------------------------------------------

def maxwell_periodic():
    """A plane wave of the grid, which begins half a step after a rest."""
    e, = results("maxwell_periodic", "E")
    h, tau, n = 1/64, 0.01, 60
    place = np.arange(64)*h
    wave = np.cos(2*np.pi*(place[:, None] + 2*place))
    s = tau/h*np.hypot(math.sin(math.pi*h), math.sin(2*math.pi*h))
    angle = 2*math.asin(s)
    check_below("maxwell_periodic", np.max(np.abs(
        e - math.cos((n + 0.5)*angle)/math.cos(angle/2)*wave)), 1e-12)


def wave_energy():
    u, energy = results("wave_energy", "u", "energy")
    total = energy[:, 1] + energy[:, 2]
    check_below("wave_energy: it stays", np.ptp(total)/total[0], 1e-12)
    forms.check("wave_energy: each part does not",
                np.ptp(energy[:, 1]) > 0.5*total[0])
    n = len(u)
    x, tau = np.arange(1, n + 1)/(n + 1), 0.9/(n + 1)
    # All waves of the string, each with the frequency that the scheme has.
    k = np.arange(1, n + 1)
    waves = np.sin(math.pi*np.outer(x, k))
    angle = 2*np.arcsin(0.9*np.sin(math.pi*k/2/(n + 1)))
    start = waves.T @ np.maximum(0, 1 - np.abs(10*x - 3))*2/(n + 1)
    check_below("wave_energy", np.max(np.abs(
        u - waves @ (start*np.cos(400*angle)))), 1e-11)


def sine_gordon():
    u, exact = results("sine_gordon", "u", "exact")
    n, omega = len(u), 0.6
    x, t = -20 + (np.arange(n) + 0.5)*40/n, 460*0.9*40/n
    k = math.sqrt(1 - omega**2)
    breather = 4*np.arctan(k/omega*math.sin(omega*t)/np.cosh(k*x))
    check_below("sine_gordon: the breather", np.max(np.abs(exact - breather)),
                1e-12)
    check_below("sine_gordon", np.max(np.abs(u - breather)), 0.06)


def schroedinger():
    """A coherent state swings without changing its shape; and the same steps as
    dense complex matrices."""
    density, probability, place = results(
        "schroedinger", "density", "probability", "place")
    n, steps, tau = len(density), 80, math.pi/80
    h = 16/(n + 1)
    x = -8 + np.arange(1, n + 1)*h
    line = (np.eye(n, k=1) + np.eye(n, k=-1) - 2*np.eye(n))/h**2
    energy = np.diag(x**2/2) - line/2
    step = np.linalg.solve(np.eye(n) + 0.5j*tau*energy,
                           np.eye(n) - 0.5j*tau*energy)
    psi = np.exp(-(x - 3)**2/2)/np.pi**0.25 + 0j
    for _ in range(steps):
        psi = step @ psi
    check_below("schroedinger: Crank-Nicolson",
                np.max(np.abs(density - np.abs(psi)**2)), 1e-7)
    check_below("schroedinger: swing", np.max(np.abs(
        density - np.exp(-(x + 3)**2)/math.sqrt(np.pi))), 0.05)
    check_below("schroedinger: probability",
                np.max(np.abs(probability[:, 1] - 1)), 1e-8)
    times = probability[:, 0]*tau
    check_below("schroedinger: place",
                np.max(np.abs(place[:, 1] - 3*np.cos(times))), 0.1)


def shallow_water():
    """Stoker's solution of a broken dam: rarefaction, plateau, bore."""
    h, v = results("shallow_water", "h", "speed")
    g, left, right, t = 9.81, 2.0, 1.0, 2.5

    def jump(m):
        return (m - right)*math.sqrt(g/2*(m + right)/(m*right))
    low, high = right, left
    for _ in range(60):  # bisection: what comes from the left is what goes on
        m = (low + high)/2
        if 2*(math.sqrt(g*left) - math.sqrt(g*m)) > jump(m):
            low = m
        else:
            high = m
    flow, c = jump(m), math.sqrt(g*left)
    bore = m*flow/(m - right)
    s = ((np.arange(len(h)) + 0.5)*50/len(h) - 25)/t
    inside = (s >= -c) & (s < flow - math.sqrt(g*m))
    depth = np.select([s < -c, inside, s < bore],
                      [left, (2*c - s)**2/(9*g), m], right)
    speed = np.select([s < -c, inside, s < bore], [0, 2/3*(s + c), flow], 0)
    check_below("shallow_water: depth", np.mean(np.abs(h - depth)), 0.0068)
    check_below("shallow_water: speed", np.mean(np.abs(v - speed)), 0.018)
    check_below("shallow_water: water stays", abs(np.mean(h) - 1.5), 1e-12)


def weno_flux(u):
    """Jiang and Shu's value at the right face, for a wind to the right."""
    a, b, c, d, e = (np.roll(u, k) for k in (2, 1, 0, -1, -2))
    values = [(2*a - 7*b + 11*c)/6, (-b + 5*c + 2*d)/6, (2*c + 5*d - e)/6]
    bends = [13/12*(a - 2*b + c)**2 + (a - 4*b + 3*c)**2/4,
             13/12*(b - 2*c + d)**2 + (b - d)**2/4,
             13/12*(c - 2*d + e)**2 + (3*c - 4*d + e)**2/4]
    weights = [w/(1e-6 + s)**2 for w, s in zip((0.1, 0.6, 0.3), bends)]
    return sum(w*v for w, v in zip(weights, values))/sum(weights)


def van_leer_flux(u):
    low, high = u - np.roll(u, 1), np.roll(u, -1) - u
    rising = low*high > 0
    return u + np.where(rising, low*high/np.where(rising, low + high, 1), 0)


def transport():
    v, w = results("transport", "v", "w")
    x, tau = np.arange(200)/200, 1/400
    f = (np.exp(-400*(x - 0.2)**2) + (np.abs(x - 0.5) <= 0.1) +
         np.maximum(1 - 10*np.abs(x - 0.8), 0))
    for name, found, flux in (("muscl", v, van_leer_flux),
                              ("weno5", w, weno_flux)):
        def step(u):
            return u - tau*200*(flux(u) - np.roll(flux(u), 1))
        u = f
        for _ in range(400):
            two = step(step(u))
            u = ((u + two)/2 if name == "muscl" else
                 u/3 + 2/3*step(3/4*u + two/4))
        check_below("transport: " + name, np.max(np.abs(found - u)), 1e-11)
        # After one turn all is where it was.
        check_below("transport: %s, exact" % name, np.mean(np.abs(found - f)),
                    {"muscl": 0.047, "weno5": 0.021}[name])


# -- images and fronts --------------------------------------------------------------------

def edge_enhancing():
    u, = results("edge_enhancing", "u")
    noise = forms.made("grid X : 2d, size %d\noutput r = noise(X, 2)\n" % len(u))
    x = np.arange(len(u)) + 0.5
    w = np.where((x[:, None] - 64)**2 + (x - 50)**2 < 900, 0.8, 0.3) + 0.3*noise

    def gradient(w):
        return np.array([np.diff(w, axis=0, append=w[-1:]),
                         np.diff(w, axis=1, append=w[:, -1:])])
    binomial = np.array([1, 4, 6, 4, 1])/16
    for _ in range(40):
        wide = np.pad(w, 2, mode="symmetric")
        rows = sum(b*wide[k:k + len(w)] for k, b in enumerate(binomial))
        v = gradient(sum(b*rows[:, k:k + len(w)]
                         for k, b in enumerate(binomial)))
        length = np.maximum(np.hypot(*v), 1e-9)
        along = v[::-1]*np.array([-1, 1])[:, None, None]/length
        across = v/length
        with np.errstate(divide="ignore"):
            g = 1 - np.exp(-3.31488/(length/0.05)**8)
        p = gradient(w)
        q = g*np.sum(across*p, 0)*across + np.sum(along*p, 0)*along
        q = np.where(length > 1e-9, q, p)
        w = w + 0.2*(np.diff(q[0], axis=0, prepend=0) +
                     np.diff(q[1], axis=1, prepend=0))
    check_below("edge_enhancing", np.max(np.abs(u - w)), 1e-8)


def shock_filter():
    """The same steps with Osher and Sethian's slopes."""
    u, = results("shock_filter", "u")
    x = np.arange(len(u)) + 0.5
    f = sum(1/(1 + np.exp((np.hypot(x[:, None] - a, x - b) - r)/4))
            for a, b, r in ((36, 40, 16), (60, 56, 20)))
    w = f
    for _ in range(60):
        wide, second, out, back = np.pad(w, 1, mode="symmetric"), 0, 0, 0
        for high, low in ((wide[2:, 1:-1], wide[:-2, 1:-1]),
                          (wide[1:-1, 2:], wide[1:-1, :-2])):
            p, q = w - low, high - w
            second = second + (q - p)
            out = out + np.maximum(np.maximum(p, 0)**2, np.minimum(q, 0)**2)
            back = back + np.maximum(np.minimum(p, 0)**2, np.maximum(q, 0)**2)
        w = w - 0.3*np.where(second > 0, np.sqrt(out),
                             np.where(second < 0, -np.sqrt(back), 0))
    check_below("shock_filter", np.mean(np.abs(u - w)), 1e-9)
    forms.check("shock_filter: no new extrema",
                f.min() - 1e-12 <= u.min() and u.max() <= f.max() + 1e-12)
    check_below("shock_filter: sharper", np.max(np.abs(np.diff(f, axis=0)))/
                np.max(np.abs(np.diff(u, axis=0))), 0.2)


def mean_curvature():
    """A circle of radius r goes from sqrt(r^2 + 2t): so does a cone."""
    u, inside = results("mean_curvature", "u", "inside")
    n = len(u)
    x = -1 + (np.arange(n) + 0.5)*2/n
    r = np.hypot(x[:, None], x)
    error = np.abs(u - (np.sqrt(r**2 + 0.2) - 0.6))
    check_below("mean_curvature", np.max(error[(r > 0.2) & (r < 0.8)]), 2e-4)
    check_below("mean_curvature: area", abs(
        np.mean(inside)*4/(math.pi*(0.6**2 - 0.2)) - 1), 0.03)


def american_put():
    """Longstaff and Schwartz (2001), table 1: finite differences."""
    values = results("american_put", "at_36", "at_40", "at_44")
    for place, value, table in zip((36, 40, 44), values,
                                   (4.478, 2.314, 1.110)):
        check_below("american_put: %d" % place, abs(value - table), 3e-3)


for check in (brusselator, fisher, swift_hohenberg, lorenz, forced_heat, heat3d,
              stochastic_heat, newton_diffusion, polar, batch, maxwell_periodic,
              wave_energy, sine_gordon, schroedinger, shallow_water, transport,
              edge_enhancing, shock_filter, mean_curvature, american_put):
    check()
sys.exit(forms.finish())
