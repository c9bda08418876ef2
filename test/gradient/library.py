"""Scripts as functions in the process of a test: a run takes no time to speak
of."""

import ctypes
import os
import subprocess

import numpy as np


class Call(ctypes.Structure):
    """pde_call of runtime/pde_runtime.h."""

    _fields_ = [("size", ctypes.c_size_t), ("params", ctypes.c_void_p),
                ("sizes", ctypes.c_void_p), ("inputs", ctypes.c_void_p),
                ("outputs", ctypes.c_void_p), ("threads", ctypes.c_int),
                ("monitor", ctypes.c_void_p), ("recorder", ctypes.c_void_p),
                ("closure", ctypes.c_void_p), ("axes", ctypes.c_void_p),
                ("interval", ctypes.c_double), ("state", ctypes.c_void_p),
                ("state_size", ctypes.c_size_t), ("saver", ctypes.c_void_p),
                ("save_every", ctypes.c_int64)]


class Moment(ctypes.Structure):
    """pde_moment."""

    _fields_ = [("loop", ctypes.c_int32), ("done", ctypes.c_int64),
                ("total", ctypes.c_int64), ("measure", ctypes.c_double),
                ("bound", ctypes.c_double)]


Monitor = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p,
                           ctypes.POINTER(Moment))


class Library:
    def __init__(self, workshop, text, *options):
        workshop.made += 1
        name = "l%d" % workshop.made
        path = workshop.path(name + ".so")
        subprocess.run([workshop.pdec, workshop.write(name + ".pde", text),
                        *options, "--emit", "lib", "-o", path], check=True,
                       capture_output=True, text=True, timeout=300)
        self.execute = getattr(ctypes.CDLL(path), name + "_execute")
        os.remove(path)

    def run(self, script, fields, params, threads=1, passes=None):
        """The outputs by name; `script` has the names and the shape. A
        dictionary `passes` gets those of each loop with a condition, the last
        time that it runs."""
        values = np.array([params[name] for name in script.params], float)
        for i, name in enumerate(script.params):
            if isinstance(params[name], int):
                values[i:i + 1].view(np.int64)[0] = params[name]
        sizes = np.zeros(16, np.int64)
        sizes[:len(script.shape)] = script.shape
        inputs = [np.ascontiguousarray(fields[name]) for name in script.fields]
        outputs = [np.empty(script.shape) for _ in script.outputs]
        addresses = [(ctypes.c_void_p*(len(arrays) + 1))(
            *(array.ctypes.data for array in arrays))
            for arrays in (inputs, outputs)]

        def note(_, moment):
            if moment[0].loop >= 0 and moment[0].done:
                passes[moment[0].loop] = moment[0].done
            return 0
        monitor = Monitor(note)
        watch = None if passes is None else ctypes.cast(monitor,
                                                        ctypes.c_void_p)
        call = Call(ctypes.sizeof(Call), values.ctypes.data, sizes.ctypes.data,
                    ctypes.addressof(addresses[0]),
                    ctypes.addressof(addresses[1]), threads, watch)
        message = ctypes.create_string_buffer(400)
        if self.execute(ctypes.byref(call), message, 400):
            raise RuntimeError(message.value.decode())
        return dict(zip(script.outputs, outputs))
