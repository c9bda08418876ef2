"""The structures of pde_runtime.h, which says what they mean; test/python
compares the two."""

from __future__ import annotations

import ctypes
from ctypes import (CFUNCTYPE, POINTER, Structure, Union, c_char_p, c_double,
                    c_int, c_int32, c_int64, c_size_t, c_void_p)

ABI_VERSION = 5
MAX_RANK = 3
F64, F32 = 0, 1
REAL, INT = 0, 1


class Value(Union):
    _fields_ = [("real", c_double), ("integer", c_int64)]


class Param(Structure):
    _fields_ = [("name", c_char_p), ("kind", c_int32), ("low_open", c_int32),
                ("high_open", c_int32), ("initial", Value), ("low", c_double),
                ("high", c_double), ("counts_steps", c_int32)]


class Grid(Structure):
    _fields_ = [("name", c_char_p), ("rank", c_int32),
                ("axis", c_char_p*MAX_RANK), ("size", c_int64*MAX_RANK),
                ("min_size", c_int64*MAX_RANK), ("parent", c_int32),
                ("coarsening", c_int32*MAX_RANK), ("num_extents", c_int32),
                ("extents", POINTER(c_int64))]


class Interval(Structure):
    _fields_ = [("low_open", c_int32), ("high_open", c_int32),
                ("low", c_double), ("high", c_double)]


class Port(Structure):
    _fields_ = [("name", c_char_p), ("grid", c_int32), ("has_default", c_int32),
                ("low", c_int32*MAX_RANK), ("high", c_int32*MAX_RANK),
                ("entries", Interval)]


class Loop(Structure):
    _fields_ = [("what", c_char_p), ("measure", c_char_p), ("line", c_int32)]


class Evolved(Structure):
    _fields_ = [("field", Port), ("line", c_int32), ("level", c_int32),
                ("keeps_norm", c_int32), ("step_param", c_int32),
                ("step_limit", c_double)]


class Record(Structure):
    _fields_ = [("port", Port), ("columns", c_int32)]


class Origin(Structure):
    _fields_ = [("script", c_char_p), ("sha256", c_char_p),
                ("compiler", c_char_p), ("options", c_char_p),
                ("network", c_char_p)]


class Program(Structure):
    _fields_ = [("name", c_char_p), ("source", c_char_p), ("form", c_char_p),
                ("type", c_int32), ("num_grids", c_int32),
                ("num_params", c_int32), ("num_inputs", c_int32),
                ("num_outputs", c_int32), ("num_loops", c_int32),
                ("grids", POINTER(Grid)), ("params", POINTER(Param)),
                ("inputs", POINTER(Port)), ("outputs", POINTER(Port)),
                ("loops", POINTER(Loop)), ("run", c_void_p),
                ("certificate", c_char_p), ("num_evolved", c_int32),
                ("evolved", POINTER(Evolved)), ("num_records", c_int32),
                ("records", POINTER(Record)), ("origin", Origin),
                ("identity", c_char_p)]


class Moment(Structure):
    _fields_ = [("loop", c_int32), ("done", c_int64), ("total", c_int64),
                ("measure", c_double), ("bound", c_double)]


class MonitorArguments(Structure):
    """The two arguments of a pde_monitor. Taken as one structure they come in
    the same registers, and a monitor is a function of one value."""
    _fields_ = [("closure", c_void_p), ("moment", POINTER(Moment))]


MONITOR = CFUNCTYPE(c_int, MonitorArguments)
RECORDER = CFUNCTYPE(None, c_void_p, c_int32, c_int64, c_void_p)
SAVER = CFUNCTYPE(None, c_void_p, c_void_p, c_size_t)


class Call(Structure):
    _fields_ = [("size", c_size_t), ("params", c_void_p), ("sizes", c_void_p),
                ("inputs", c_void_p), ("outputs", c_void_p),
                ("threads", c_int), ("monitor", c_void_p),
                ("recorder", c_void_p), ("closure", c_void_p), ("axes", c_void_p),
                ("interval", c_double), ("state", c_void_p),
                ("state_size", c_size_t), ("saver", c_void_p),
                ("save_every", c_int64)]


