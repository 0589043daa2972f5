//! What `iptables` refuses, in the words of version 1.8.9 on nf_tables.

use super::{Refusal, VERSION};
use thiserror::Error;

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(super) enum Problem {
    // What is wrong with the line: exit code 2.
    #[error("Bad argument `{0}'")]
    BadArgument(String),
    #[error("")]
    OnlyIpv4,
    #[error("unknown option \"{0}\"")]
    UnknownOption(String),
    #[error("option \"{0}\" requires an argument")]
    MissingArgument(String),
    #[error("no command specified")]
    NoCommand,
    #[error("unknown arguments found on commandline")]
    WordsBehindEnd,
    #[error("nothing appropriate following !")]
    NothingToInvert,
    #[error("multiple consecutive ! not allowed")]
    TwiceInverted,
    #[error("cannot have ! before -{0}")]
    CannotInvert(char),
    #[error("unexpected '!' flag")]
    InvertedCommand,
    #[error("unexpected ! flag before --{0}")]
    Unexpected(&'static str),
    #[error("multiple -{0} flags not allowed")]
    Multiple(char),
    #[error("Cannot use -{0} with -{1}")]
    TwoCommands(char, char),
    #[error("Illegal option `-{0}' with this command")]
    IllegalOption(char),
    #[error("Invalid rule number `{0}'")]
    RuleNumber(String),
    #[error("-R requires a rule number")]
    ReplaceNumber,
    #[error("-P requires a chain and a policy")]
    PolicyOperands,
    #[error("-E requires old-chain-name and new-chain-name")]
    RenameOperands,
    #[error("-c requires packet and byte counter")]
    CounterOperands,
    #[error("-c {0} counter not numeric")]
    CounterNumber(&'static str),
    #[error("wait seconds not numeric")]
    WaitNumber,
    #[error("unknown protocol \"{0}\" specified")]
    Protocol(String),
    #[error("rule would never match protocol")]
    NeverMatches,
    #[error("host/network `{0}' not found")]
    Host(String),
    #[error("invalid mask `{0}' specified")]
    Mask(String),
    #[error("! not allowed with multiple source or destination IP addresses")]
    InvertedAddresses,
    #[error("Replacement rule does not specify a unique address")]
    ReplaceAddresses,
    #[error("interface name `{0}' must be shorter than IFNAMSIZ (15)")]
    InterfaceLength(String),
    #[error("Empty interface is likely to be undesired")]
    InterfaceEmpty,
    #[error("Can't use -{0} with {1}\n")]
    InterfaceChain(char, &'static str),
    #[error("invalid port/service `{0}' specified")]
    Port(String),
    #[error("Port \"{0}\" does not resolve to anything.\n")]
    UdpPort(String),
    #[error("invalid portrange (min > max)")]
    PortRange,
    #[error("invalid portrange specified")]
    PortsRange,
    #[error("too many ports specified")]
    TooManyPorts,
    #[error("Only one `--{0}' allowed")]
    OnlyOne(&'static str),
    #[error("Only one of `--syn' or `--tcp-flags'  allowed")]
    OnlyOneFlags,
    #[error("Unknown TCP flag `{0}'")]
    TcpFlag(String),
    #[error("--tcp-flags requires two args.")]
    TcpFlagsOperands,
    #[error("{0} match requires '-p {1}'")]
    MatchProtocol(&'static str, &'static str),
    #[error("multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'")]
    PortsProtocol,
    #[error("multiport only works with TCP, UDP, UDPLITE, SCTP and DCCP")]
    PortsOtherProtocol,
    #[error("multiport expection an option")]
    PortsMissing,
    #[error("{0}: option \"--{1}\" can only be used once.\n")]
    Once(&'static str, &'static str),
    #[error("{0}: option \"--{1}\" cannot be used together with \"--{2}\".\n")]
    NotTogether(&'static str, &'static str, &'static str),
    #[error("{0}: option \"--{1}\" cannot be inverted.\n")]
    NotInverted(&'static str, &'static str),
    #[error("{0}: option \"--{1}\" must be specified\n")]
    Must(&'static str, &'static str),
    #[error("{0}: option \"--{1}\" also requires \"--{2}\".\n")]
    AlsoRequires(&'static str, &'static str, &'static str),
    #[error("{0}: bad value for option \"--{1}\"{2}, or out of range ({3}).\n")]
    OutOfRange(&'static str, &'static str, String, &'static str),
    #[error("length: Too many components for option \"--length\" (max: 2)\n")]
    LengthParts,
    #[error("Bad {0} \"{1}\"")]
    Bad(&'static str, String),
    #[error("bad rate \"{0}\"'")]
    BadRate(String),
    #[error("Rate too fast \"{0}\"")]
    RateTooFast(String),
    #[error("\"--{0}\" requires a list of states with no spaces, e.g. ESTABLISHED,RELATED")]
    StatesMissing(&'static str),
    #[error("conntrack: At least one option is required")]
    ConntrackMissing,
    #[error("--probability must be specified when using random mode")]
    ProbabilityMissing,
    #[error("--every and --packet must be specified when using nth mode")]
    EveryMissing,
    #[error("the --packet p must be 0 <= p <= n-1")]
    PacketTooLarge,
    #[error("Couldn't load match `{0}':No such file or directory\n")]
    NoMatch(String),
    #[error("this lab's firewall has no match {0}; man iptables lists those that it has")]
    OtherMatch(String),
    #[error("this lab's firewall has no target {0}; it has ACCEPT, DROP, REJECT, LOG and RETURN")]
    OtherTarget(String),
    #[error("Invalid target name (too short)")]
    TargetEmpty,
    #[error("Invalid target name `{0}' (28 chars max)")]
    TargetLength(String),
    #[error("Invalid target name `{0}'")]
    TargetName(String),
    #[error("Chain '{0}' does not exist")]
    NoTarget(String),
    #[error("log level \"{0}\" unknown\n")]
    LogLevel(String),
    #[error("Argument must have a minimum length of 1 characters\n")]
    PrefixEmpty,
    #[error("Newlines not allowed in --log-prefix")]
    PrefixLines,
    #[error(
        "connlimit: bad value for option \"--connlimit-mask\", neither a valid network mask nor valid CIDR (0-32).\n"
    )]
    ConnectionsMask,
    #[error("You must specify \"--connlimit-above\" or \"--connlimit-upto\".")]
    ConnectionsMissing,
    #[error("unknown reject type \"{0}\"")]
    RejectType(String),
    #[error("chain name `{0}' too long (must be under 29 chars)")]
    ChainLength(String),
    #[error("chain name not allowed to start with `{0}'")]
    ChainStart(char),
    #[error("chain name may not clash with target name")]
    ChainIsTarget,
    #[error("Invalid chain name `{0}'")]
    ChainName(String),

    #[error("Unknown ICMP type `{0}'")]
    IcmpType(String),
    #[error("Unknown ICMP code `{0}'")]
    IcmpCode(String),
    #[error("Ambiguous ICMP type `{0}': `{1}' or `{2}'?")]
    IcmpAmbiguous(String, &'static str, &'static str),

    /// A mistake of `iptables-restore` alone.
    #[error("{0}")]
    Restoring(String),

    // What the tables do not have: exit codes 1 and 3.
    #[error("table '{0}' does not exist\nPerhaps iptables or your kernel needs to be upgraded.")]
    NoTable(String),
    #[error("this lab's firewall has no table {0}; it has filter")]
    OtherTable(String),
    #[error("chain `{0}' in table `filter' is incompatible, use 'nft' tool.")]
    NoChainToList(String),
    #[error("No chain/target/match by that name.")]
    NoChain,
    #[error("Bad rule (does a matching rule exist in that chain?).")]
    NoRule,
    #[error("Index of insertion too big.")]
    InsertIndex,
    #[error("Index of deletion too big.")]
    DeleteIndex,
    #[error("Index of replacement too big.")]
    ReplaceIndex,
    #[error("Bad built-in chain name.")]
    NotBuiltIn,
    #[error("Bad policy name. Run `dmesg' for more information.")]
    Policy,
    #[error("Chain already exists.")]
    ChainExists,
    #[error("File exists.")]
    NameExists,
    #[error("this lab has no way to rename a built-in chain")]
    BuiltInName,
    #[error("Incompatible with this kernel.")]
    Incompatible,

    // What the kernel refuses: exit code 4.
    #[error("Could not fetch rule set generation id: Permission denied (you must be root)")]
    NotRoot,
    #[error(" {0} failed (Invalid argument): rule in chain {1}")]
    KernelInvalid(&'static str, String),
    #[error(" {0} failed (Operation not supported): rule in chain {1}")]
    KernelUnsupported(&'static str, String),
    #[error(" {0} failed (Too many links): rule in chain {1}")]
    KernelTooManyLinks(&'static str, String),
    #[error(" CHAIN_DEL failed (Device or resource busy): chain {0}")]
    KernelChainBusy(String),
}

impl From<Problem> for Refusal {
    /// The message as it is printed, with the exit code.
    fn from(problem: Problem) -> Refusal {
        const HINT: &str = "Try `iptables -h' or 'iptables --help' for more information.\n";
        match &problem {
            Problem::OnlyIpv4 => Refusal::new(HINT, 2),
            Problem::BadArgument(_) => Refusal::new(format!("{problem}\n{HINT}"), 2),
            Problem::NoChain
            | Problem::NoRule
            | Problem::InsertIndex
            | Problem::DeleteIndex
            | Problem::ReplaceIndex
            | Problem::NotBuiltIn
            | Problem::Policy
            | Problem::ChainExists
            | Problem::NameExists
            | Problem::BuiltInName
            | Problem::Incompatible => Refusal::new(format!("iptables: {problem}\n"), 1),
            Problem::NoChainToList(_) => Refusal::new(format!("{VERSION}: {problem}\n"), 1),
            Problem::OtherTable(_) | Problem::OtherMatch(_) | Problem::OtherTarget(_) => {
                Refusal::new(format!("iptables: {problem}\n"), 3)
            }
            Problem::NoTable(_) => Refusal::new(format!("{VERSION}: {problem}\n"), 3),
            Problem::NotRoot
            | Problem::KernelInvalid(..)
            | Problem::KernelUnsupported(..)
            | Problem::KernelTooManyLinks(..)
            | Problem::KernelChainBusy(_) => Refusal::new(format!("{VERSION}: {problem}\n"), 4),
            _ => Refusal::new(format!("{VERSION}: {problem}\n{HINT}"), 2),
        }
    }
}
