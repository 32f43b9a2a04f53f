#!/usr/bin/env python3
"""Compares the matches that mscan finds with Perl's, for patterns that begin with a lookahead or an option.

    MSCAN=/path/to/mscan tests/perl.py [--cases N] [--seed S] [--seconds T]

PCRE2 contradicts itself in such patterns, by release, matcher and optimization; Perl is an arbiter from outside.  A
case is one pattern over one file, under a random split, by the JIT and by the interpreter.  Each match takes a
character, as Perl goes on otherwise after an empty one.  Without --cases it ends after T seconds (10).  A difference is
shown with the commands that repeat it, its file is kept, and the status is 1.
"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import comparison  # noqa: E402

LETTERS = 'aaabbcA1 #'
SINGLES = ['a', 'a', 'b', 'c', '.', '[ab]', '[^a]', r'\w', r'\s', r'\d', 'A', '#', r'\S']
OPTIONS = ['?', '*', '??', '*?', '?+', '*+', '{0,2}']
ASSERTIONS = ['^', r'\b', r'\B', '(?!b)', '(?<=a)', '(?<!a)', '']
PERL = r'''
my ($pattern) = @ARGV; my $count = 0;
open my $file, '<', 'f' or die;
while (my $line = <$file>) {
    chomp $line; my $found = 0;
    while ($line =~ /$pattern/g) { $found = 1; print "$.:$&\n" }
    $count += $found;
}
print "$count\n";
'''


def option(rng):
    inside = rng.choice(SINGLES)
    if rng.random() < 0.3:
        inside = rng.choice(('(?:', '(', '(?>', '(?:a|')) + inside + rng.choice((')', '|)', rng.choice(SINGLES) + ')'))
    return inside + rng.choice(OPTIONS)


def lookahead(rng):
    inside = rng.choice(SINGLES) + rng.choice(('', '', option(rng), '|' + rng.choice(SINGLES)))
    look = '(?=' + inside + ')'
    return rng.choice((look, look, look, '(?:' + look + ')', '(' + look + ')', '(?:' + look + ')?'))


def branch(rng):
    parts = [rng.choice((lookahead, lookahead, option))(rng) for _ in range(rng.choice((1, 2, 2, 3)))]
    parts.insert(rng.randrange(len(parts) + 1), rng.choice(ASSERTIONS))
    end = rng.choice(SINGLES)
    return ''.join(parts) + rng.choice((end, '(?i:' + end + ')', end + end, end + '+', '(' + end + ')'))


def pattern(rng):
    whole = '|'.join(branch(rng) for _ in range(rng.choice((1, 1, 1, 2))))
    return rng.choice(('', '', '', '(?i)')) + whole


def make_text(rng):
    return '\n'.join(''.join(rng.choices(LETTERS, k=rng.choice((0, 1, 2, 3, 5, 8)))) for _ in range(60)) + '\n'


def main():
    run = comparison.Run('Compares matches with those of Perl.', 'DIFFERENTIAL_SECONDS', 10)
    rng = run.rng
    if not shutil.which('perl'):
        print('there is no perl')
        return 77
    directory = tempfile.mkdtemp(prefix='mscan-perl.')
    os.chdir(directory)
    for number in run.cases():
        if number % 50 == 1:
            comparison.write_files({'f': make_text(rng).encode()})
        text = pattern(rng)
        perl = subprocess.run(['perl', '-e', PERL, '--', text], capture_output=True, env={'PATH': os.environ['PATH']})
        if perl.returncode != 0 or perl.stderr:
            continue
        options = rng.choice(([], ['--no-jit'], ['--engine=pcre2'])) + comparison.random_split(rng)
        commands = [[run.mscan, '-a', '--no-unicode', *options, shown, '-e', text, 'f'] for shown in ('-on', '-c')]
        ours = b''.join(subprocess.run(command, capture_output=True).stdout for command in commands)
        if ours != perl.stdout:
            print('DIFFERENCE in case %d of seed %d, with the file %s/f:' % (number, run.seed, directory))
            for command in commands:
                print('  ' + comparison.command_line('mscan', 'C', map(os.fsencode, command[1:])))
            pairs = zip(perl.stdout.split(b'\n'), ours.split(b'\n'))
            print('  Perl has %r, mscan %r' % next(((a, b) for a, b in pairs if a != b), ('more', 'less')))
            return 1
    os.chdir('/')
    shutil.rmtree(directory)
    print('seed %d: %d cases; no difference' % (run.seed, run.number))
    return 0


if __name__ == '__main__':
    sys.exit(main())
