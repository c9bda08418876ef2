#!/usr/bin/env python3
"""Examples, and scripts of Inputs, against closed forms and schemes in NumPy, in
both forms.

usage: closed_forms.py path/to/pdec path/to/examples
"""

import math
import sys

import numpy as np

sys.dont_write_bytecode = True
from forms import Forms

forms = Forms(sys.argv[1], sys.argv[2])
results, check_below = forms.results, forms.check_below


def black_scholes():
    u, exact = results("black_scholes", "u", "exact")
    h = 300/(len(u) + 0.5)  # a node at the low end, half a cell at the high one
    x = np.arange(1, len(u) + 1)*h
    normal = lambda s: (1 + math.erf(s/math.sqrt(2)))/2  # noqa: E731
    price = []
    for s in x:
        d = (math.log(s/100) + 0.05 + 0.045)/0.3
        price.append(s*normal(d) - 100*math.exp(-0.05)*normal(d - 0.3))
    check_below("the formula of Black and Scholes",
                np.max(np.abs(exact - price)), 1e-11)
    check_below("black_scholes", np.max(np.abs(u - price)), 6e-3)


def porous_medium():
    u, = results("porous_medium", "u")
    x = np.linspace(-5, 5, len(u) + 2)[1:-1]
    s = 2**(1/3)
    barenblatt = np.maximum(1 - (x/s)**2/12, 0)/s
    check_below("porous_medium", np.max(np.abs(u - barenblatt)), 2.5e-3)


def sod():
    """The exact solution of Riemann's problem; between the waves p = 0.30313 and
    v = 0.92745 (Toro, Riemann Solvers, section 4.3)."""
    u, v, p = results("sod", "u", "speed", "p")
    s = ((np.arange(len(u)) + 0.5)/len(u) - 0.5)/0.2
    left, middle, contact, shock = -math.sqrt(1.4), -0.07027, 0.92745, 1.75216
    a = (5*math.sqrt(1.4) - s)/6  # the speed of sound in the rarefaction
    inside = (s >= left) & (s < middle)
    density = np.select([s < left, inside, s < contact, s < shock],
                        [1, (a/math.sqrt(1.4))**5, 0.42632, 0.26557], 0.125)
    speed = np.select([s < left, inside, s < shock],
                      [0, 5*(math.sqrt(1.4) - a), 0.92745], 0)
    pressure = np.select([s < left, inside, s < shock],
                         [1, (a/math.sqrt(1.4))**7, 0.30313], 0.1)
    check_below("sod: density", np.mean(np.abs(u - density)), 0.017)
    check_below("sod: speed", np.mean(np.abs(v - speed)), 0.03)
    check_below("sod: pressure", np.mean(np.abs(p - pressure)), 0.014)


def level_set():
    """Circles that grow by 0.4."""
    u, = results("level_set", "u")
    n = u.shape[0]
    x = -1 + (np.arange(n) + 0.5)*2/n
    x, y = np.meshgrid(x, x, indexing="ij")
    # The least value there was within 0.4: inside, the circles' centres.
    exact = np.minimum(np.maximum(np.hypot(x + 0.35, y) - 0.4, 0) - 0.15,
                       np.maximum(np.hypot(x - 0.35, y - 0.1) - 0.4, 0) - 0.2)
    near = np.abs(exact) < 0.1
    check_below("level_set: front", np.max(np.abs(u - exact)[near]), 0.05)
    check_below("level_set", np.mean(np.abs(u - exact)), 0.02)


def taylor_green():
    decay, = results("taylor_green", "decay")
    check_below("taylor_green", abs(decay/math.exp(-0.2) - 1), 1e-3)


def minimal_surface():
    u, = results("minimal_surface", "u")
    x = np.linspace(-1, 1, len(u) + 2)[1:-1]
    scherk = np.log(np.cos(x)[None, :]/np.cos(x)[:, None])
    check_below("minimal_surface", np.max(np.abs(u - scherk)), 4e-3)


def kuramoto_sivashinsky():
    """The same steps in Fourier's space, where what is stiff is a number."""
    u, = results("kuramoto_sivashinsky", "u")
    n, h, tau = 200, 0.5, 0.2
    x = np.arange(n)*h
    c, d = 1 - math.sqrt(0.5), -math.sqrt(0.5)
    second = (2*np.cos(2*np.pi*np.fft.fftfreq(n)) - 2)/h**2
    stiff = -second - second**2
    apply = lambda w: np.fft.ifft(stiff*np.fft.fft(w)).real  # noqa: E731
    solve = lambda w: np.fft.ifft(  # noqa: E731
        np.fft.fft(w)/(1 - c*tau*stiff)).real
    wave = lambda w: -(np.roll(w, -1)**2 - np.roll(w, 1)**2)/(4*h)  # noqa: E731
    w = np.cos(2*np.pi*x/50)*(1 + np.sin(2*np.pi*x/100))
    for _ in range(200):
        k = wave(w)
        v = solve(w + c*tau*k)
        w = solve(w + tau*(d*k + (1 - d)*wave(v) + (1 - c)*apply(v)))
    check_below("kuramoto_sivashinsky", np.max(np.abs(u - w)), 1e-2)


def layers():
    p, receivers = results("layers", "p", "receivers")
    n, m = p.shape
    h = 2/(n + 1)
    x, y = np.meshgrid(np.arange(1, n + 1)*h, np.arange(1, m + 1)/(m + 1),
                       indexing="ij")
    speed = np.where(y > 0.61, 2, 1)
    edge = np.minimum(np.minimum(x, 2 - x), 1 - y)
    tau = 0.3*h
    drag = 800*(np.maximum(0.15 - edge, 0)/0.15)**2*tau/2

    def hat(a, b):
        return (np.maximum(0, 1 - np.abs(x - a)/h)*
                np.maximum(0, 1 - np.abs(y - b)*(m + 1)))

    now = before = np.zeros(p.shape)
    heard = [[0, 0, 0]]
    for k in range(160):
        s = (math.pi*5*(k*tau - 1/5))**2
        around = np.pad(now, 1)
        second = ((around[2:, 1:-1] - 2*now + around[:-2, 1:-1])/h**2 +
                  (around[1:-1, 2:] - 2*now + around[1:-1, :-2])*(m + 1)**2)
        source = (1 - 2*s)*math.exp(-s)*hat(0.5, 0.1)/(h/(m + 1))
        force = speed**2*second + 10*source
        now, before = (2*now - (1 - drag)*before + tau**2*force)/(1 + drag), now
        heard.append([np.sum(now*hat(a, 0.05)) for a in (0.7, 1.0, 1.3)])
    check_below("layers", np.max(np.abs(p - now))/np.max(np.abs(now)), 1e-10)
    check_below("layers: receivers", np.max(np.abs(receivers[:, 2:] - heard)),
                1e-10*np.max(np.abs(heard)))


for check in (black_scholes, porous_medium, sod, level_set, taylor_green,
              minimal_surface, kuramoto_sivashinsky, layers):
    check()
sys.exit(forms.finish())
