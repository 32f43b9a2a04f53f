#!/usr/bin/env python3
"""Compares mscan with GNU grep on random trees of files: recursion and the choice of files by name.

    MSCAN=/path/to/mscan tests/recursion.py [--cases N] [--seed S] [--seconds T]

A tree has directories, files, symbolic links to either (some lead nowhere or in a circle), FIFOs, and names with blanks,
dashes and glob characters.  As grep goes through a directory in its own order and mscan in that of the names, lines are
sorted before they are compared.  Without --cases it ends after T seconds (10).  A difference is shown with the commands
that repeat it; the status is then 1.  Without GNU grep the status is 77.
"""
import os
import re
import shlex
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
import comparison  # noqa: E402

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


def said(program, arguments):
    """Its status, and the lines of its output and of its messages."""
    result = subprocess.run([program] + arguments, stdin=subprocess.DEVNULL, capture_output=True,
                            env=comparison.environment('C.UTF-8'), timeout=60, check=False)
    errors = [re.sub(rb'^\S*(grep|mscan): ', b'', line) for line in result.stderr.splitlines()]
    return result.returncode, sorted(result.stdout.splitlines()), sorted(errors)


def plant(rng, directory):
    """A new tree in place of the one before, and in some cases its top as the working directory."""
    os.chdir(directory)
    shutil.rmtree('root', ignore_errors=True)
    os.mkdir('root')
    os.chdir('root')
    comparison.write_files({'../globs': b'a.c\n\nsub*  \n*.h'})
    tree = Tree(rng)
    if rng.random() < 0.3:
        os.chdir('t')
    os.path.exists('globs') or os.symlink(directory + '/globs', 'globs')
    return tree


def main():
    run = comparison.Run('Compares mscan with grep on trees of files.', 'RECURSION_SECONDS', 10)
    grep = comparison.gnu_grep(oldest=(3, 7))
    rng = run.rng
    differences = lines = 0
    with comparison.working_directory('recursion') as directory:
        for number in run.cases():
            if number % 30 == 1:
                tree = plant(rng, directory)
            in_tree = os.getcwd().endswith('/t')
            operands = [name for name in choose_operands(rng, tree) if not in_tree]
            command = choose_options(rng, tree) + ['-e', 'match', '--'] + operands
            threads = rng.choice(([], ['-j1'], ['-j2'], ['-j4'], ['--chunk-size=5']))
            theirs, ours = said(grep, command), said(run.mscan, threads + command)
            lines += len(theirs[1])
            if '-q' in command:  # it depends on the order which errors come first
                ours, theirs = ours[:2], theirs[:2]
            if ours != theirs:
                differences += 1
                print('DIFFERENCE in case %d of seed %d, in an empty directory:' % (number, run.seed))
                for line in tree.commands + (['cd t'] if in_tree else []):
                    print('  ' + line)
                print('  grep ' + shlex.join(command))
                for name, result in (('grep', theirs), ('mscan', ours)):
                    print('  %s: status %d, %r, %r' % (name, *result, *[[]] * (3 - len(result))))
                break
    print('%d cases over %d lines of output in %.1f s, seed %d: %d differences' %
          (run.number, lines, run.elapsed(), run.seed, differences))
    return 1 if differences else 0


if __name__ == '__main__':
    sys.exit(main())
