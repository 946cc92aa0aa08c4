import { BROKER_PATHS, FAILURE_HEADER } from '../../shared/broker-protocol.ts';
import { CONNECT_SECONDS, EXIT_CODES, MAX_ANSWER_BYTES, MAX_SECONDS, NO_ANSWER } from './helper-limits.ts';

/** With it as first word, the helper leaves the words after it to the whole command. */
export const WHOLE_COMMAND_OPTION = '--whole-command';

/**
 * The end of the helper, which `perl -x` runs (perlrun(1)) with the folder of the socket, the folder of the caller, its LC_ALL and the
 * helper's words. It takes the shell's place in the same process: another process and a pipe back to the shell would cost a quarter of
 * a warm answer. Without modules, whose loading would cost more than all the rest; so the address is packed by hand: Linux and macOS
 * differ in it (unix(4), unix(7)).
 */
export const PERL_PART = String.raw`#!perl
my ($run, $folder, $locale, @words) = @ARGV;
my $path = "$run/broker.sock";
my $sigpipe = $SIG{PIPE} || "DEFAULT";
my %exits = (${EXIT_CODES.flatMap(({ codes, exit }) => codes.map((code) => `"${code}", ${exit}`)).join(', ')});

sub fail {
  my ($exit, $line) = @_;
  print STDERR "rolecall: $line\n";
  exit $exit;
}

# A pending alarm and ignored signals would outlive this program.
sub whole_command {
  alarm 0;
  $SIG{PIPE} = $sigpipe;
  delete $ENV{LC_ALL};
  $ENV{LC_ALL} = $locale if $locale ne "";
  exec "/bin/sh", $0, "${WHOLE_COMMAND_OPTION}", @words;
  exit 1;
}

sub encoded {
  my ($name, $text) = @_;
  $text =~ s/([^A-Za-z0-9_.=-])/sprintf "%%%02X", ord $1/ge;
  return "$name=$text";
}

# The folder must be the user's own and closed to others: else anybody could listen there.
my @folder = lstat $run;
my @socket = lstat $path;
whole_command() unless @folder && @socket && $folder[4] == $> && $socket[4] == $>;
whole_command() unless $folder[2] == 040700 && $socket[2] == 0140600;

my @names = @words == 3 ? ("profile") : ("ssoSession", "account", "role");
my @fields = map { encoded($names[$_], $words[2 + 2 * $_]) } 0 .. $#names;
my $form = join "&", encoded("folder", $folder), "pid=$$", @fields;

$SIG{PIPE} = sub { };
$SIG{ALRM} = sub { fail(1, "${NO_ANSWER}") };
my $address = $^O eq "darwin" ? pack("CCZ*", 3 + length $path, 1, $path) : pack("SZ*", 1, $path);
socket(my $app, 1, 1, 0) or whole_command();
alarm ${CONNECT_SECONDS};
connect($app, $address) or whole_command();
alarm ${MAX_SECONDS};
my $request = join "\r\n", "POST ${BROKER_PATHS.credentials} HTTP/1.1", "Host: localhost",
  "Content-Type: application/x-www-form-urlencoded", "Content-Length: " . length $form, "", $form;
(syswrite($app, $request) || 0) == length $request or whole_command();
my $answer = "";
while (my $read = sysread $app, $answer, 65536, length $answer) {
  whole_command() if length $answer > ${MAX_ANSWER_BYTES};
  # Before the app hangs up, which it does a moment later.
  last if $answer =~ /\nContent-Length: (\d+)\r\n(?:.*?\r\n)??\r\n/is && length($answer) - $+[0] >= $1;
}
alarm 0;

my ($head, $body) = split /\r\n\r\n/, $answer, 2;
whole_command() unless defined $body && $head =~ /\nContent-Length: (\d+)/i && length $body == $1;
if ($head =~ m{^HTTP/1\.1 200 } && $body =~ /^(\{.*)\n?\z/) {
  print "$1\n";
  exit(close(STDOUT) ? 0 : 1);
}
# What was asked for cannot be: the whole command says it in words of the command line.
whole_command() unless $head =~ m{^HTTP/1\.1 .*\n${FAILURE_HEADER}: ([a-z-]+)}si && $1 ne "bad-input";
my $exit = $exits{$1} || 1;
$body =~ s/\n\z//;
$body =~ s/.*\n//s;
fail($exit, $body);
`;
