#!/usr/bin/env python3
"""Compares mscan with GNU grep on random trees of files: recursion and the choice of files by name.

    MSCAN=/path/to/mscan tests/recursion.py [--cases N] [--seed S] [--seconds T]

A tree has directories, files, symbolic links to either (some lead nowhere or in a circle), FIFOs, and names with blanks,
dashes and glob characters.  As grep goes through a directory in its own order and mscan in that of the names, lines are
sorted before they are compared.  Without --cases it ends after T seconds (10).  A difference is shown with the commands
that repeat it; the status is then 1.  Without GNU grep the status is 77.
"""
import argparse
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

NAMES = ['a', 'b', 'ab', 'a.c', 'b.c', 'c.h', 'x.txt', '.hidden', '-', '-v', 'a b', '[x]', 'a*', 'd', 'sub', 'sub.d', 'é']
GLOBS = ['*', '*.c', '*.h', 'a*', '?', 'sub', 'sub*', 'd', 'd/', 'sub/', '.*', '*.', 'a.c', '[ab]*', '[!a]*', '\\[x\\]', 'a\\*',
         '\\a.c', '-*', '*/a', 'd/a', 'sub/*', './*', '.', '..', '', '/', '*/', 't', 't/*', '*t*', 'é', '[x]', 'a**', '*\\', '[', '[a']
LINES = [b'match here', b'nothing', b'', b'another match', b'x']


class Tree:
    """The files below the working directory, and the shell commands that make them."""

    def __init__(self, rng):
        self.rng, self.commands, self.directories, self.files = rng, [], ['t'], []
        os.mkdir('t')
        self.commands.append('mkdir t')
        for _ in range(rng.choice((2, 6, 12, 25))):
            self.add()

    def add(self):
        rng = self.rng
        path = os.path.join(rng.choice(self.directories), rng.choice(NAMES))
        if os.path.lexists(path):
            return
        quoted = shlex.quote(path)
        kind = rng.random()
        if kind < 0.3:
            os.mkdir(path)
            self.commands.append('mkdir ' + quoted)
            self.directories.append(path)
        elif kind < 0.45:
            target = rng.choice(['.', '..', '../..', 'nowhere', 'a', 'd', '../a', '../sub', os.path.abspath('t'), os.path.basename(path)])
            os.symlink(target, path)
            self.commands.append('ln -s %s %s' % (shlex.quote(target), quoted))
            self.files.append(path)
        elif kind < 0.5:
            os.mkfifo(path)
            self.commands.append('mkfifo ' + quoted)
        else:
            text = b''.join(line + b'\n' for line in rng.choices(LINES, k=rng.choice((0, 1, 3))))
            with open(path, 'wb') as file:
                file.write(text)
            self.commands.append('printf %%s %s >%s' % (shlex.quote(text.decode()), quoted))
            self.files.append(path)

    def has_fifo(self):
        return any(command.startswith('mkfifo') for command in self.commands)


def choose_options(rng, tree):
    options = [rng.choice(('-r', '-r', '-r', '-R', '-R', '-drecurse', '-d', '-dread', '--recursive', ''))]
    if options[0] == '-d':
        options = ['-d', rng.choice(('recurse', 'skip', 'read', 'rec', 's'))]
    options = [option for option in options if option]
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3, 4))):
        options.append(rng.choice(('--include=', '--include=', '--exclude=', '--exclude=', '--exclude-dir=')) + rng.choice(GLOBS))
    if rng.random() < 0.1:
        options.append('--exclude-from=globs')
    for option, chance in (('-c', 0.2), ('-l', 0.15), ('-L', 0.1), ('-h', 0.15), ('-H', 0.15), ('-s', 0.1), ('-n', 0.2), ('-v', 0.1),
                           ('-q', 0.03), ('-m1', 0.1)):
        if rng.random() < chance:
            options.append(option)
    # A FIFO that is read waits for a writer, for ever.
    if tree.has_fifo():
        options.append('-Dskip')
    elif rng.random() < 0.1:
        options.append(rng.choice(('-Dskip', '-Dread')))
    return options


def choose_operands(rng, tree):
    operands = []
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        kind = rng.random()
        if kind < 0.5:
            operand = rng.choice(tree.directories)
        elif kind < 0.9 and tree.files:
            operand = rng.choice(tree.files)
        else:
            operand = rng.choice(('t', 'missing', '.', '..', './t', '-'))
        if operand == '..':
            operand = 't/..'
        operands.append(operand + rng.choice(('', '', '', '/', '//', '/.', '///')) if os.path.isdir(operand) else operand)
    return operands


def run(program, arguments, environment):
    result = subprocess.run([program] + arguments, stdin=subprocess.DEVNULL, capture_output=True, env=environment, timeout=60,
                            check=False)
    errors = [re.sub(rb'^\S*(grep|mscan): ', b'', line) for line in result.stderr.splitlines()]
    return result.returncode, sorted(result.stdout.splitlines()), sorted(errors)


def main():
    parser = argparse.ArgumentParser(description='Compares mscan with grep on trees of files.')
    parser.add_argument('--cases', type=int, help='how many; without it, by time')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--seconds', type=float, default=float(os.environ.get('RECURSION_SECONDS', '10')))
    arguments = parser.parse_args()
    mscan = os.path.abspath(os.environ.get('MSCAN', './mscan'))
    if not os.access(mscan, os.X_OK):
        print('set MSCAN to the path of mscan')
        return 99
    grep = shutil.which('grep')
    version = grep and subprocess.run([grep, '--version'], capture_output=True, check=False).stdout
    if not version or not version.startswith((b'grep (GNU grep) 3.7', b'grep (GNU grep) 3.8', b'grep (GNU grep) 3.1')):
        print('skipped: there is no GNU grep 3.7 or later')
        return 77

    environment = {key: value for key, value in os.environ.items() if not key.startswith(('LC_', 'LANG', 'GREP_'))}
    environment['LC_ALL'] = 'C.UTF-8'
    rng = random.Random(arguments.seed)
    start, number, differences, lines = time.monotonic(), 0, 0, 0
    with tempfile.TemporaryDirectory(prefix='mscan-recursion.') as directory:
        while number < arguments.cases if arguments.cases else time.monotonic() - start < arguments.seconds:
            if number % 30 == 0:
                os.chdir(directory)
                shutil.rmtree('root', ignore_errors=True)
                os.mkdir('root')
                os.chdir('root')
                with open('../globs', 'w', encoding='utf-8') as file:
                    file.write('a.c\n\nsub*  \n*.h')
                tree = Tree(rng)
                if rng.random() < 0.3:
                    os.chdir('t')
                os.path.exists('globs') or os.symlink(directory + '/globs', 'globs')
            number += 1
            in_tree = os.getcwd().endswith('/t')
            operands = [name for name in choose_operands(rng, tree) if not in_tree]
            command = choose_options(rng, tree) + ['-e', 'match', '--'] + operands
            threads = rng.choice(([], ['-j1'], ['-j2'], ['-j4'], ['--chunk-size=5']))
            theirs, ours = run(grep, command, environment), run(mscan, threads + command, environment)
            lines += len(theirs[1])
            if '-q' in command:  # it depends on the order which errors come first
                ours, theirs = ours[:2], theirs[:2]
            if ours != theirs:
                differences += 1
                print('DIFFERENCE in case %d of seed %d, in an empty directory:' % (number, arguments.seed))
                for line in tree.commands + (['cd t'] if in_tree else []):
                    print('  ' + line)
                print('  grep ' + shlex.join(command))
                for name, result in (('grep', theirs), ('mscan', ours)):
                    print('  %s: status %d, %r, %r' % (name, *result, *[[]] * (3 - len(result))))
                break
        os.chdir('/')
    print('%d cases over %d lines of output in %.1f s, seed %d: %d differences' %
          (number, lines, time.monotonic() - start, arguments.seed, differences))
    return 1 if differences else 0


if __name__ == '__main__':
    sys.exit(main())
