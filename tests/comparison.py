"""What the programs share that compare mscan on random cases with GNU grep, or with a model of it.

A program makes a Run, which reads its command line, and asks for cases until there are enough.  Those that compare
whole commands with grep, and show a difference made small, are subclasses of Comparison.  Whoever imports this sets
sys.dont_write_bytecode before, as the source may stand where nothing is to be written.
"""
import argparse
import contextlib
import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time


class Run:
    """A run of cases: the program under test, the dice, and how many cases there were.

    --cases, --seed and --seconds are its options, with several_differences --differences too.  Without --cases it ends
    after so many seconds as the environment variable says, or the number given here.  Where there is no mscan the
    program ends with status 99.
    """

    def __init__(self, description, variable, seconds, several_differences=False):
        parser = argparse.ArgumentParser(description=description)
        parser.add_argument('--cases', type=int, help='how many; without it, by time')
        parser.add_argument('--seed', type=int, default=1)
        parser.add_argument('--seconds', type=float, default=float(os.environ.get(variable, seconds)))
        if several_differences:
            parser.add_argument('--differences', type=int, default=1, help='how many to show before it ends')
        self.arguments = parser.parse_args()
        self.seed = self.arguments.seed
        self.rng = random.Random(self.seed)
        self.mscan = os.path.abspath(os.environ.get('MSCAN', './mscan'))
        if not os.access(self.mscan, os.X_OK):
            print('set MSCAN to the path of mscan')
            sys.exit(99)
        self.number, self.start = 0, time.monotonic()

    def cases(self):
        """The numbers of the cases, from 1."""
        while self.number < self.arguments.cases if self.arguments.cases else self.elapsed() < self.arguments.seconds:
            self.number += 1
            yield self.number

    def elapsed(self):
        return time.monotonic() - self.start


def gnu_grep(oldest=(0, 0), perl=False):
    """The path of GNU grep, of that release or a later one; without it the program ends with status 77."""
    path = shutil.which('grep')
    version = path and subprocess.run([path, '--version'], capture_output=True, check=False).stdout
    release = version and re.match(rb'grep \(GNU grep\) (\d+)\.(\d+)', version)
    if not release or tuple(map(int, release.groups())) < oldest:
        print('skipped: there is no GNU grep' + (' %d.%d or later' % oldest if any(oldest) else ''))
        sys.exit(77)
    if perl and subprocess.run([path, '-P', '(?<=a)b'], input=b'ab\n', capture_output=True, check=False).stdout != b'ab\n':
        print('skipped: there is no GNU grep with -P')
        sys.exit(77)
    return path


def environment(locale):
    """That of this program without what changes mscan or grep, in a locale."""
    kept = {key: value for key, value in os.environ.items()
            if not key.startswith(('LC_', 'LANG', 'GREP_', 'NO_COLOR', 'MSCAN_THREADS'))}
    return dict(kept, LC_ALL=locale)


@contextlib.contextmanager
def working_directory(name):
    """A directory for the files of a run, which is the working directory until it is removed."""
    with tempfile.TemporaryDirectory(prefix='mscan-%s.' % name) as directory:
        os.chdir(directory)
        try:
            yield directory
        finally:
            os.chdir('/')


def write_files(texts):
    """In the working directory."""
    for name, text in texts.items():
        with open(name, 'wb') as file:
            file.write(text)


def random_split(rng):
    """Options for how a file is read and cut, which change nothing of the output."""
    options = [rng.choice(('--mmap', '--no-mmap'))]
    options += rng.choice(([], ['-j1'], ['-j2'], ['-j3'], ['-j8']))
    size = rng.choice((None, None, 1, 7, 64, 1000))
    return options + (['--chunk-size=%d' % size] if size else [])


def quoted(argument):
    """Bytes as a word for bash."""
    text = argument.decode('latin-1')
    if all(' ' <= character <= '~' for character in text):
        return shlex.quote(text)
    return "$'" + ''.join(character if ' ' <= character <= '~' and character not in "'\\" else '\\x%02x' % ord(character)
                          for character in text) + "'"


def command_line(program, locale, arguments):
    return 'LC_ALL=%s %s %s' % (locale, program, ' '.join(quoted(argument) for argument in arguments))


class Program:
    """A program that is run many times, with its output in files: no threads, no pipes, little to set up."""

    def __init__(self, path, directory, name):
        self.path, self.output = path, os.path.join(directory, name)

    def start(self, arguments, locale):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        # A limit of processor time ends it, even where the program that compares ignores the signal for itself.
        return os.posix_spawn(
            self.path, [self.path, *arguments], environment(locale), setsigdef=[signal.SIGXCPU], file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, '/dev/null', os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, self.output + '.out', flags, 0o600),
                (os.POSIX_SPAWN_OPEN, 2, self.output + '.err', flags, 0o600)])

    def finish(self, pid):
        """Its status, its output and its messages."""
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with open(self.output + '.out', 'rb') as out, open(self.output + '.err', 'rb') as err:
            return status, out.read(), err.read()

    def run(self, arguments, locale):
        return self.finish(self.start(arguments, locale))


class Comparison:
    """Commands over files of the working directory, which mscan and grep are both given.

    A case is a dictionary: 'locale', 'patterns', 'options' and which of them are 'needed' in that locale, 'names' of
    files, 'split', the options for mscan alone, and what else the subclass wants.
    """

    def __init__(self, directory, mscan, grep):
        self.mscan, self.grep = Program(mscan, directory, 'mscan'), Program(grep, directory, 'grep')

    def commands(self, case):
        """The arguments of mscan and those of grep."""
        raise NotImplementedError

    def agree(self, case, ours, theirs):
        """Whether there is no difference, or one that is meant, between what both said."""
        raise NotImplementedError

    def run(self, case):
        """None: equal.  Else what both said."""
        ours, theirs = self.commands(case)
        theirs_pid = self.grep.start(theirs, case['locale'])
        ours_pid = self.mscan.start(ours, case['locale'])
        their_result, our_result = self.grep.finish(theirs_pid), self.mscan.finish(ours_pid)
        self.decided = their_result[0] in (0, 1)
        return None if self.agree(case, our_result, their_result) else (our_result, their_result)

    def show(self, case, texts):
        """The commands that repeat a difference, and what both say."""
        for name in case['names']:
            print('  printf %%b %s >%s' % (quoted(b''.join(
                bytes([byte]) if 32 <= byte < 127 and byte != 92 else b'\\0%03o' % byte for byte in texts[name])), name))
        ours, theirs = self.commands(case)
        print('  ' + command_line('mscan', case['locale'], ours))
        print('  ' + command_line('grep ', case['locale'], theirs))
        result = self.run(case)
        if result:
            for name, (status, out, err) in zip(('mscan', 'grep'), result):
                print('  %-6s status %d, %r, %r' % (name, status, out[:300], err[:300]))
        else:
            print('  (the difference does not come back)')
        sys.stdout.flush()


def compare(run, comparison, kinds, generator):
    """Cases of a generator, with new files for each twenty, until there are enough of them or of differences.

    A kind is what the files and patterns are made of; generator.text(kind) makes a file, and
    generator.case(kind, names) a case over some of these.  Returns the status of the program.
    """
    decided = lines = differences = 0
    for number in run.cases():
        if number % 20 == 1:
            kind = run.rng.choice(kinds)
            texts = {name: generator.text(kind) for name in ('f1', 'f2', 'f3')}
            write_files(texts)
        case = generator.case(kind, sorted(texts))
        if comparison.run(case) is not None:
            differences += 1
            print('DIFFERENCE in case %d of seed %d:' % (number, run.seed))
            kept = dict(texts)
            comparison.show(minimise(comparison, case, kept), kept)
            write_files(texts)
            if differences >= run.arguments.differences:
                break
        decided += comparison.decided
        lines += sum(texts[name].count(b'\n') for name in case['names'])
    print('%d cases (%d of them searches) over %d lines in %.1f s, seed %d: %d differences' %
          (run.number, decided, lines, run.elapsed(), run.seed, differences))
    return 1 if differences else 0


def minimise(comparison, case, texts):
    """Takes away files, options, lines and parts of patterns as long as there is a difference; texts change too."""
    deadline = time.monotonic() + 20

    def differs(trial):
        return time.monotonic() < deadline and comparison.run(trial) is not None

    changed = True
    while changed and time.monotonic() < deadline:
        before = case, dict(texts)
        case = with_fewer_words(case, differs)
        for name in case['names']:
            make_text_smaller(case, texts, name, differs)
        case = with_smaller_patterns(case, differs)
        changed = (case, texts) != before
    return case


def with_fewer_words(case, differs):
    for key in ('names', 'options', 'split', 'patterns'):
        for index in range(len(case[key]) - 1, -1, -1):
            trial = dict(case, **{key: case[key][:index] + case[key][index + 1:]})
            if trial['names'] and trial['patterns'] and set(case['needed']) <= set(trial['options']) and differs(trial):
                case = trial
    return case


def make_text_smaller(case, texts, name, differs):
    """First by lines, then, where that is little enough, by characters."""
    for by_lines in True, False:
        again = True
        while again:
            again = False
            parts = texts[name].split(b'\n') if by_lines else characters(texts[name], case['locale'])
            if len(parts) < 2 or (not by_lines and len(parts) > 300):
                break
            for fewer in smaller(parts):
                text = (b'\n' if by_lines else b'').join(fewer)
                write_files({name: text})
                if differs(case):
                    texts[name], again = text, True
                    break
            else:
                write_files(texts)


def with_smaller_patterns(case, differs):
    for index, pattern in enumerate(case['patterns']):
        for cut in smaller(characters(pattern, case['locale'])):
            shorter = b''.join(cut)
            trial = dict(case, patterns=case['patterns'][:index] + [shorter] + case['patterns'][index + 1:])
            if shorter and differs(trial):
                case = trial
                break
    return case


def smaller(items):
    """Lists with fewer items, those with the fewest first."""
    size = len(items) // 2
    while size:
        for start in range(0, len(items), size):
            yield items[:start] + items[start + size:]
        size //= 2


def characters(text, locale):
    """Characters, not bytes: a half of one would be another difference."""
    charset = 'latin-1' if locale == 'C' else 'utf-8'
    return [character.encode(charset, 'surrogateescape') for character in text.decode(charset, 'surrogateescape')]
