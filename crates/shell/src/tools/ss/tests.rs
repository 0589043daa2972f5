//! Texts of trace 19a-formats, less its IPv6 rows, and of the tool itself.

use super::options::Options;
use super::{Output, left, summary, table};
use crate::names::Names;
use crate::tools::testing::{trace_programs, trace_rows};
use expect_test::{Expect, expect};
use std::time::Duration;

/// Runs lines on the rows of the trace.
fn check(lines: &str, expect: Expect) {
    let (rows, programs) = (trace_rows(), trace_programs());
    let mut seen = String::new();
    for line in lines.lines().map(str::trim) {
        let args: Vec<String> = crate::line::words(line).split_off(1);
        seen += &format!("$ {line}\n");
        match Options::read(&args) {
            Ok(options) => seen += &table(&rows, &programs, Names::Unanswered, &options, &|_| String::new()),
            Err(refusal) => {
                let output = Output::from(refusal);
                seen += &format!("{}{}[exit {}]\n", output.stdout, output.stderr, output.exit_code);
            }
        }
    }
    expect.assert_eq(&seen);
}

#[test]
fn tables_of_the_trace() {
    check(
        "ss -tan
         ss -tano
         ss -ta
         ss -tn
         ss -ltn",
        expect![[r#"
            $ ss -tan
            State      Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
            LISTEN     0      1          127.0.0.1:631        0.0.0.0:*          
            LISTEN     0      10           0.0.0.0:22         0.0.0.0:*          
            TIME-WAIT  0      0        10.211.55.2:51484 10.211.55.10:80         
            ESTAB      0      0        10.211.55.2:51578 10.211.55.10:80         
            ESTAB      0      0        10.211.55.2:51522 10.211.55.10:443        
            ESTAB      0      0        10.211.55.2:51524 10.211.55.10:443        
            FIN-WAIT-2 0      0        10.211.55.2:51534 10.211.55.10:443        
            SYN-SENT   0      1        10.211.55.2:51522 10.211.55.10:9999       
            TIME-WAIT  0      0        10.211.55.2:51566 10.211.55.10:5555       
            LISTEN     0      10              [::]:22            [::]:*          
            ESTAB      0      0          [fd00::2]:51566   [fd00::10]:8443       
            $ ss -tano
            State      Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess                  
            LISTEN     0      1          127.0.0.1:631        0.0.0.0:*                            
            LISTEN     0      10           0.0.0.0:22         0.0.0.0:*                            
            TIME-WAIT  0      0        10.211.55.2:51484 10.211.55.10:80   timer:(timewait,59sec,0)
            ESTAB      0      0        10.211.55.2:51578 10.211.55.10:80                           
            ESTAB      0      0        10.211.55.2:51522 10.211.55.10:443                          
            ESTAB      0      0        10.211.55.2:51524 10.211.55.10:443                          
            FIN-WAIT-2 0      0        10.211.55.2:51534 10.211.55.10:443  timer:(timewait,59sec,0)
            SYN-SENT   0      1        10.211.55.2:51522 10.211.55.10:9999 timer:(on,490ms,0)      
            TIME-WAIT  0      0        10.211.55.2:51566 10.211.55.10:5555 timer:(timewait,59sec,0)
            LISTEN     0      10              [::]:22            [::]:*                            
            ESTAB      0      0          [fd00::2]:51566   [fd00::10]:8443                         
            $ ss -ta
            State      Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
            LISTEN     0      1          127.0.0.1:ipp        0.0.0.0:*           
            LISTEN     0      10           0.0.0.0:ssh        0.0.0.0:*           
            TIME-WAIT  0      0        10.211.55.2:51484 10.211.55.10:http        
            ESTAB      0      0        10.211.55.2:51578 10.211.55.10:http        
            ESTAB      0      0        10.211.55.2:51522 10.211.55.10:https       
            ESTAB      0      0        10.211.55.2:51524 10.211.55.10:https       
            FIN-WAIT-2 0      0        10.211.55.2:51534 10.211.55.10:https       
            SYN-SENT   0      1        10.211.55.2:51522 10.211.55.10:9999        
            TIME-WAIT  0      0        10.211.55.2:51566 10.211.55.10:5555        
            LISTEN     0      10              [::]:ssh           [::]:*           
            ESTAB      0      0          [fd00::2]:51566   [fd00::10]:8443        
            $ ss -tn
            State      Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
            ESTAB      0      0        10.211.55.2:51578 10.211.55.10:80         
            ESTAB      0      0        10.211.55.2:51522 10.211.55.10:443        
            ESTAB      0      0        10.211.55.2:51524 10.211.55.10:443        
            FIN-WAIT-2 0      0        10.211.55.2:51534 10.211.55.10:443        
            SYN-SENT   0      1        10.211.55.2:51522 10.211.55.10:9999       
            ESTAB      0      0          [fd00::2]:51566   [fd00::10]:8443       
            $ ss -ltn
            State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
            LISTEN 0      1          127.0.0.1:631       0.0.0.0:*          
            LISTEN 0      10           0.0.0.0:22        0.0.0.0:*          
            LISTEN 0      10              [::]:22           [::]:*          
        "#]],
    );
}

#[test]
fn more_columns() {
    check(
        "ss -tanp
         ss -tanoe
         ss -4n
         ss -tanH
         ss -u",
        expect![[r#"
            $ ss -tanp
            State      Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess                         
            LISTEN     0      1          127.0.0.1:631        0.0.0.0:*    users:(("nc",pid=15747,fd=3))  
            LISTEN     0      10           0.0.0.0:22         0.0.0.0:*    users:(("ncat",pid=15753,fd=3))
            TIME-WAIT  0      0        10.211.55.2:51484 10.211.55.10:80                                  
            ESTAB      0      0        10.211.55.2:51578 10.211.55.10:80   users:(("nc",pid=15827,fd=3))  
            ESTAB      0      0        10.211.55.2:51522 10.211.55.10:443  users:(("nc",pid=15860,fd=3))  
            ESTAB      0      0        10.211.55.2:51524 10.211.55.10:443  users:(("nc",pid=15878,fd=3))  
            FIN-WAIT-2 0      0        10.211.55.2:51534 10.211.55.10:443                                 
            SYN-SENT   0      1        10.211.55.2:51522 10.211.55.10:9999 users:(("nc",pid=16081,fd=3))  
            TIME-WAIT  0      0        10.211.55.2:51566 10.211.55.10:5555                                
            LISTEN     0      10              [::]:22            [::]:*    users:(("ncat",pid=15753,fd=3))
            ESTAB      0      0          [fd00::2]:51566   [fd00::10]:8443 users:(("nc",pid=15922,fd=3))  
            $ ss -tanoe
            State      Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess                               
            LISTEN     0      1          127.0.0.1:631        0.0.0.0:*    ino:20001 sk:2 <->                   
            LISTEN     0      10           0.0.0.0:22         0.0.0.0:*    ino:20002 sk:3 <->                   
            TIME-WAIT  0      0        10.211.55.2:51484 10.211.55.10:80   timer:(timewait,59sec,0) ino:0 sk:4  
            ESTAB      0      0        10.211.55.2:51578 10.211.55.10:80   ino:20004 sk:5 <->                   
            ESTAB      0      0        10.211.55.2:51522 10.211.55.10:443  ino:20005 sk:6 <->                   
            ESTAB      0      0        10.211.55.2:51524 10.211.55.10:443  ino:20006 sk:7 <->                   
            FIN-WAIT-2 0      0        10.211.55.2:51534 10.211.55.10:443  timer:(timewait,59sec,0) ino:0 sk:8  
            SYN-SENT   0      1        10.211.55.2:51522 10.211.55.10:9999 timer:(on,490ms,0) ino:20008 sk:9 <->
            TIME-WAIT  0      0        10.211.55.2:51566 10.211.55.10:5555 timer:(timewait,59sec,0) ino:0 sk:a  
            LISTEN     0      10              [::]:22            [::]:*    ino:20002 sk:3 v6only:1 <->          
            ESTAB      0      0          [fd00::2]:51566   [fd00::10]:8443 ino:20011 sk:c <->                   
            $ ss -4n
            Netid State      Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
            tcp   ESTAB      0      0        10.211.55.2:51578 10.211.55.10:80         
            tcp   ESTAB      0      0        10.211.55.2:51522 10.211.55.10:443        
            tcp   ESTAB      0      0        10.211.55.2:51524 10.211.55.10:443        
            tcp   FIN-WAIT-2 0      0        10.211.55.2:51534 10.211.55.10:443        
            tcp   SYN-SENT   0      1        10.211.55.2:51522 10.211.55.10:9999       
            $ ss -tanH
            LISTEN     0      1        127.0.0.1:631        0.0.0.0:*   
            LISTEN     0      10         0.0.0.0:22         0.0.0.0:*   
            TIME-WAIT  0      0      10.211.55.2:51484 10.211.55.10:80  
            ESTAB      0      0      10.211.55.2:51578 10.211.55.10:80  
            ESTAB      0      0      10.211.55.2:51522 10.211.55.10:443 
            ESTAB      0      0      10.211.55.2:51524 10.211.55.10:443 
            FIN-WAIT-2 0      0      10.211.55.2:51534 10.211.55.10:443 
            SYN-SENT   0      1      10.211.55.2:51522 10.211.55.10:9999
            TIME-WAIT  0      0      10.211.55.2:51566 10.211.55.10:5555
            LISTEN     0      10            [::]:22            [::]:*   
            ESTAB      0      0        [fd00::2]:51566   [fd00::10]:8443
            $ ss -u
            Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
        "#]],
    );
}

#[test]
fn filters() {
    check(
        "ss -ant state established
         ss -o state time-wait -n
         ss -ant state bucket exclude time-wait
         ss -ant dport = :80
         ss -ant '( dport = :443 or sport = :ssh ) and not state'
         ss -ant dst 10.211.55.10:5555
         ss -ant dport gt 500 'sport < 51530'
         ss -Hant '( sport = :ssh )'
         ss -Hant 'sport = :22'
         ss -Hant state established '( dport = :80 or sport = :80 )'
         ss -Hant '  dst   10.211.55.0/24:80 ' 'and sport > 51500'
         ss -Hant dport :80 '' ' '
         ss -Hant dst :
         ss -ant '(sport = :22)'
         ss -ant '( sport = :22)'
         ss -ant dport = :80 garbage",
        expect![[r#"
            $ ss -ant state established
            Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
            0      0        10.211.55.2:51578 10.211.55.10:80         
            0      0        10.211.55.2:51522 10.211.55.10:443        
            0      0        10.211.55.2:51524 10.211.55.10:443        
            0      0          [fd00::2]:51566   [fd00::10]:8443       
            $ ss -o state time-wait -n
            Netid Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess                  
            tcp   0      0        10.211.55.2:51484 10.211.55.10:80   timer:(timewait,59sec,0)
            tcp   0      0        10.211.55.2:51566 10.211.55.10:5555 timer:(timewait,59sec,0)
            $ ss -ant state bucket exclude time-wait
            Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
            $ ss -ant dport = :80
            State     Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
            TIME-WAIT 0      0        10.211.55.2:51484 10.211.55.10:80         
            ESTAB     0      0        10.211.55.2:51578 10.211.55.10:80         
            $ ss -ant '( dport = :443 or sport = :ssh ) and not state'
            Error: "state" does not look like a port.
            Cannot parse dst/src address.
            [exit 1]
            $ ss -ant dst 10.211.55.10:5555
            State     Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
            TIME-WAIT 0      0        10.211.55.2:51566 10.211.55.10:5555       
            $ ss -ant dport gt 500 'sport < 51530'
            State    Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
            SYN-SENT 0      1        10.211.55.2:51522 10.211.55.10:9999       
            $ ss -Hant '( sport = :ssh )'
            LISTEN 0      10     0.0.0.0:22 0.0.0.0:*
            LISTEN 0      10        [::]:22    [::]:*
            $ ss -Hant 'sport = :22'
            LISTEN 0      10     0.0.0.0:22 0.0.0.0:*
            LISTEN 0      10        [::]:22    [::]:*
            $ ss -Hant state established '( dport = :80 or sport = :80 )'
            0      0      10.211.55.2:51578 10.211.55.10:80
            $ ss -Hant '  dst   10.211.55.0/24:80 ' 'and sport > 51500'
            ESTAB 0      0      10.211.55.2:51578 10.211.55.10:80
            $ ss -Hant dport :80 '' ' '
            TIME-WAIT 0      0      10.211.55.2:51484 10.211.55.10:80
            ESTAB     0      0      10.211.55.2:51578 10.211.55.10:80
            $ ss -Hant dst :
            LISTEN     0      1        127.0.0.1:631        0.0.0.0:*   
            LISTEN     0      10         0.0.0.0:22         0.0.0.0:*   
            TIME-WAIT  0      0      10.211.55.2:51484 10.211.55.10:80  
            ESTAB      0      0      10.211.55.2:51578 10.211.55.10:80  
            ESTAB      0      0      10.211.55.2:51522 10.211.55.10:443 
            ESTAB      0      0      10.211.55.2:51524 10.211.55.10:443 
            FIN-WAIT-2 0      0      10.211.55.2:51534 10.211.55.10:443 
            SYN-SENT   0      1      10.211.55.2:51522 10.211.55.10:9999
            TIME-WAIT  0      0      10.211.55.2:51566 10.211.55.10:5555
            LISTEN     0      10            [::]:22            [::]:*   
            ESTAB      0      0        [fd00::2]:51566   [fd00::10]:8443
            $ ss -ant '(sport = :22)'
            Error: an inet prefix is expected rather than "(sport".
            Cannot parse dst/src address.
            [exit 1]
            $ ss -ant '( sport = :22)'
            Error: "22)" does not look like a port.
            Cannot parse dst/src address.
            [exit 1]
            $ ss -ant dport = :80 garbage
            Error: "garbage" does not look like a port.
            Cannot parse dst/src address.
            [exit 1]
        "#]],
    );
}

#[test]
fn a_summary() {
    expect![[r#"
        Total: 8
        TCP:   11 (estab 4, closed 3, orphaned 0, timewait 3)

        Transport Total     IP        IPv6
        RAW	  0         0         0        
        UDP	  0         0         0        
        TCP	  8         6         2        
        INET	  8         6         2        
        FRAG	  0         0         0        

    "#]]
    .assert_eq(&summary::text(&trace_rows()));
}

#[test]
fn time_left() {
    let texts = [5, 404, 1000, 1204, 5996, 10_500, 59_000, 60_000, 61_500, 119_000, 600_000, 605_000]
        .map(|ms| left(Duration::from_millis(ms)));
    expect!["005ms 404ms 1sec 1.204ms 5.996ms 10sec 59sec 1min 1min1sec 1min59sec 10min 10min"]
        .assert_eq(&texts.join(" "));
}
