#!/usr/bin/env python3
"""Tables of numbers as spreadsheets and programs write them: each is read as what
it says, or refused with the place and what would help.

usage: tables.py path/to/runtime-demo
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from demo import Tally

# What is in the file, and its rows. One column is a field on one axis.
READ = {
    "a value a line": ("1\n2\n3\n", [[1], [2], [3]]),
    "commas": ("1,2\n3,4\n", [[1, 2], [3, 4]]),
    "commas and blanks": ("1, 2\n 3 ,4 \n", [[1, 2], [3, 4]]),
    "semicolons": ("1;2.5\n3;4\n", [[1, 2.5], [3, 4]]),
    "tabulators": ("1\t2\n3\t4\n", [[1, 2], [3, 4]]),
    "blanks": ("1   2\n 3 4  \n", [[1, 2], [3, 4]]),
    "no end of the last line": ("1,2\n3,4", [[1, 2], [3, 4]]),
    "CR LF": ("1,2\r\n3,4\r\n", [[1, 2], [3, 4]]),
    "CR": ("1,2\r3,4\r5,6\r", [[1, 2], [3, 4], [5, 6]]),
    "CR, no end": ("1\r2", [[1], [2]]),
    "empty lines": ("\n1,2\n\n\n3,4\n\n", [[1, 2], [3, 4]]),
    "byte order mark": (b"\xef\xbb\xbf1,2\n3,4\n", [[1, 2], [3, 4]]),
    "mark and heading": (b"\xef\xbb\xbfa,b\n3,4\n5,6\n", [[3, 4], [5, 6]]),
    "quoted": ('"1","2"\n"3","4"\n', [[1, 2], [3, 4]]),
    "first quoted": ('"1.5"\n2\n', [[1.5], [2]]),
    "heading": ("x,y\n1,2\n3,4\n", [[1, 2], [3, 4]]),
    "quoted heading": ('"x, in m","2001"\n1,2\n3,4\n', [[1, 2], [3, 4]]),
    "heading of one": ("u\n1\n2\n", [[1], [2]]),
    "units": ("[K]\n1\n2\n", [[1], [2]]),
    "heading of words": ("temperature at noon\n1\n2\n", [[1], [2]]),
    "comments": ("# x y\n1 2 # first\n#\n3 4\n", [[1, 2], [3, 4]]),
    "Fortran": ("1.0D+00\n2.5d-1\n3D0\n", [[1], [0.25], [3]]),
    "exponents": ("1e-3\n2E+4\n-.5\n", [[1e-3], [2e4], [-0.5]]),
    "signs": ("+1\n-2\n", [[1], [-2]]),
    "groups of three": ("100,200\n255,999\n", [[100, 200], [255, 999]]),
    "one line": ("1,2,3\n", [[1, 2, 3]]),
    "another letter": ("\u00d6l\n1\n2\n", [[1], [2]]),
}
REFUSED = {
    "blanks in quotes": ('" 1"\n"2 "\n', "line 1, column 1 has ' 1'"),
    "decimal commas, one line": ("1,5;2,5;3,5\n",
                                 "line 1, column 1 has '1,5'"),
    "decimal commas": ("1;2,5\n3,5;4,5\n", "line 1, column 2 has '2,5'"),
    "decimal commas, heading": ("a;b\n1,5;2\n", "line 2, column 1 has '1,5'"),
    "decimal commas and points": ("1.234,5;2\n", "column 1 has '1.234,5'"),
    "decimal commas and blanks": ("1,5 2,5\n", "column 2 has '5 2'"),
    "mixed": ("1,2\n3;4\n", "line 2 has 2 values, but"),
    "mixed later": ("1,2\n3,4\n5;6\n", "line 3 has 1 value, but"),
    "thousands": ("1,234.5\n", "commas between thousands"),
    "more thousands": ("1,234.5\n12,345.25\n", "thousands"),
    "ragged thousands": ("1,234.5\n1,234,567.8\n", "line 2 has 3 values"),
    "thousands by blanks": ("1 234,5;2\n", "column 1 has '1 234,5'"),
    "thousands by marks": ("1'234.5;2\n", "column 1 has '1'234.5'"),
    "NA first": ("NA\n1\n2\n", "line 1, column 1 has 'NA'"),
    "NA": ("1\nNA\n2\n", "line 2, column 1 has 'NA'"),
    "null first": ("null,1\n2,3\n", "line 1, column 1 has 'null'"),
    "nan first": ("nan\n1\n", "nan"),
    "empty first": (",1,2\n3,4,5\n", "line 1, column 1 is empty"),
    "empty heading": (",a,b\n0,1,2\n", "line 1, column 1 is empty"),
    "empty": ("1,,2\n3,4,5\n", "line 1, column 2 is empty"),
    "empty by tabulators": ("1\t\t2\n", "line 1, column 2 is empty"),
    "empty quotes": ('1,""\n', "line 1, column 2 has ''"),
    "empty last": ("1,2\n3,\n", "line 2 lacks a value at its end"),
    "separators at the ends": ("1,2,\n3,4,\n", "line 1 lacks a value"),
    "row names": ("x,y\na,1\nb,2\n", "line 2, column 1 has 'a'"),
    "row names, no heading": ("a,1,2\nb,3,4\n", "line 1 has names and numbers"),
    "R's row names": ('"x","y"\n"1",2,3\n"2",4,5\n', "its heading has 2 names"),
    "numbers and names": ("1,x\n2,3\n", "line 1, column 2 has 'x'"),
    "MSVC": ("0.5\n1.#QNAN\n", "line 2, column 1 has '1.#QNAN'"),
    "MSVC, infinite": ("1.#INF\n", "line 1, column 1 has '1.#INF'"),
    "a comment without a blank": ("1#2\n", "line 1, column 1 has '1#2'"),
    "Excel's errors": ("1\n#N/A\n2\n", "line 2 has '#N/A'"),
    "Excel's errors first": ("#DIV/0!,1\n2,3\n", "line 1 has '#DIV/0!'"),
    "UTF-16": ("1\n2\n".encode("utf-16"), "UTF-16"),
    "ragged": ("1,2\n3\n", "line 2 has 1 value"),
    "a quotation mark": ('"1\n2\n', "line 1, column 1 has a quotation mark"),
    "behind quotes": ('"1"2,3\n', "line 1, column 1 has something behind"),
    "hexadecimal": ("0x10\n", "line 1, column 1 has '0x10'"),
    "percent": ("5%\n", "line 1, column 1 has '5%'"),
    "money": ("1\n$5\n", "line 2, column 1 has '$5'"),
    "two points": ("1.2.3\n", "line 1, column 1 has '1.2.3'"),
    "Unicode's minus": ("\u22121\n2\n", "line 1, column 1 has"),
    "another alphabet": ("\u6e29\u5ea6\n1\n2\n", "begin a heading with #"),
    "another alphabet's digits": ("\uff11\n2\n3\n", "line 1, column 1 has"),
    "nothing": ("", "it is empty"),
    "a heading alone": ("a,b\n", "it holds no numbers"),
}


def run(tally, content, isOneAxis):
    tally.put("a.csv", content)
    if isOneAxis:
        return tally.run("--input", "f=a.csv", "--output", "u=out.npy", "--set",
                         "steps=0")
    return tally.run("--input", "a=a.csv", "--output", "c=out.npy", demo="copy")


NUMBERS = ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4",
           "f8"]
OTHERS = ["c8", "c16", "U5", "S3", "M8[s]", "m8[s]", "O", "f16",
          [("a", "f8"), ("b", "i4")]]


def check_arrays(tally):
    """Whatever NumPy saves of one axis, also as a row or a column."""
    for kind in NUMBERS:
        for order, version in (("<", (1, 0)), (">", (2, 0)), ("<", (3, 0))):
            for shape in ((5,), (5, 1), (1, 5)):
                values = np.array([1, 0, 3, 2, 100]).astype(order + kind)
                with open(tally.path("a.npy"), "wb") as file:
                    np.lib.format.write_array(file, np.asfortranarray(
                        values.reshape(shape)), version)
                title = "%s %s" % (values.dtype.str, shape)
                done = tally.run("--input", "f=a.npy", "--output", "u=out.npy",
                                 "--set", "steps=0")
                tally.check(title + " is read", done.returncode == 0,
                            done.stderr)
                if done.returncode == 0:
                    found = np.load(tally.path("out.npy"))
                    tally.check(title, np.array_equal(found,
                                                      values.astype(float)))
    for kind in OTHERS:
        np.save(tally.path("a.npy"), np.zeros(5, kind), allow_pickle=True)
        done = tally.run("--input", "f=a.npy", "--output", "u=out.npy")
        tally.check("%s is refused" % kind, done.returncode == 1 and
                    "cannot read input 'f'" in done.stderr, done)


def main():
    tally = Tally(sys.argv[1])
    check_arrays(tally)
    for title, (content, rows) in READ.items():
        expected = np.array(rows, float)
        isOneAxis = expected.shape[1] == 1
        if isOneAxis:
            expected = expected.ravel()
        done = run(tally, content, isOneAxis)
        tally.check(title + " is read", done.returncode == 0, done.stderr)
        if done.returncode == 0:
            found = np.load(tally.path("out.npy"))
            tally.check(title, np.array_equal(found, expected), found)
    for title, (content, words) in REFUSED.items():
        # Grids of other ranks may have other reasons.
        done = [run(tally, content, isOneAxis) for isOneAxis in (True, False)]
        tally.check(title + " is refused",
                    all(one.returncode == 1 for one in done), done)
        tally.check(title, any(words in one.stderr for one in done), done)
    tally.finish()


main()
