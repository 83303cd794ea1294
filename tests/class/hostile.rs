//! Files that want to do harm, and a teacher who presses Ctrl-C.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use super::common::program::tutor;
use super::sheets::{answers, json};

#[test]
fn no_file_stops_the_others_or_leads_elsewhere() {
    let sheets = tempfile::tempdir().expect("a folder");
    let write =
        |name: &str, bytes: &[u8]| fs::write(sheets.path().join(name), bytes).expect("written");
    write("a.json", json(&answers("xor", false)).as_bytes());
    write("b=cmd().txt", b"Name: =HYPERLINK(1)\nz1_in = -0.53\n");
    write("c\u{1b}[31m.txt", b"\x1b[2Jz1_in = \x1b[31m-0.53\n");
    write("d.json", &b"[".repeat(100_000));
    write("e.txt", &b"z1_in = 1\n".repeat(100_000));
    write("f.csv", b"\"\"\"\n\0\xff,");
    write("z.txt", &vec![b'x'; 60 << 20]);
    write("zz.txt", &vec![b'x'; 65 << 20]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", sheets.path().join("link.txt")).expect("linked");
    let pages = tempfile::tempdir().expect("a folder");
    let (path, folder) =
        (sheets.path().to_str().expect("a path"), pages.path().to_str().expect("a path"));
    let page = tutor(&["mark", "xor", path, "--format", "csv", "--feedback", folder]).page();
    assert!(!page.contains('\u{1b}'), "{page}");
    assert!(page.contains("a,,37,37,100,"), "{page}");
    assert!(page.contains("\nb=cmd(),HYPERLINK(1),1,37,"), "{page}");
    assert!(page.contains("larger than 64 MiB"), "{page}");
    #[cfg(unix)]
    assert!(
        page.contains("it is a link, which is not followed") && !page.contains("root"),
        "{page}"
    );
    for entry in fs::read_dir(pages.path()).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("text");
        assert!(!text.contains('\u{1b}') && !text.contains("root:"), "{}", path.display());
    }
    let text = tutor(&["mark", "xor", path]).page();
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[test]
fn names_of_students_lead_to_no_other_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("class.csv");
    fs::write(&path, "id,z1_in,z2_in\n../../evil,-0.53,1\n..,1,1\n/etc/x,1,1\n../../evil,1,1\n")
        .expect("written");
    let pages = folder.path().join("in/pages");
    let (path, out) = (path.to_str().expect("a path"), pages.to_str().expect("a path"));
    tutor(&["mark", "xor", path, "--feedback", out]).page();
    let mut names: Vec<String> = fs::read_dir(&pages)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["_.._evil-2.txt", "_.._evil.txt", "_etc_x.txt", "sheet.txt"]);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
}

/// A file that is being written is there as a whole or not at all.
#[test]
fn what_is_interrupted_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("marks.jsonl");
    fs::write(&path, "old\n").expect("written");
    let mut child = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
        .args(["mark", "xor", "-", "--format", "jsonl", "--output", path.to_str().expect("a path")])
        .stdin(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("piped");
    for _ in 0..100 {
        writeln!(stdin, "{{\"id\":1,\"answers\":{{\"z1_in\":-0.53}}}}").expect("it reads");
    }
    stdin.flush().expect("it reads");
    std::thread::sleep(std::time::Duration::from_millis(300));
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "old\n");
}

#[test]
fn wrong_usage_says_what_to_do() {
    for (args, told) in [
        (&["mark", "xor"][..], "there are no sheets to mark"),
        (&["mark", "xor", "none.txt"], "there is no file `none.txt`"),
        (&["mark", "-", "-"], "standard input can be read only once"),
        (&["mark", "xor", "-", "--lines"], "--lines goes with"),
        (&["mark", "xor", "-", "--sort", "id", "--format", "jsonl"], "--sort does not go"),
        (&["mark", "xor", "-", "--format", "canvas"], "--gradebook FILE"),
        (&["mark", "xor", "-", "--overrides", "none.csv"], "there is no file `none.csv`"),
        (&["mark", "--scenarios", "src", "x.txt"], "there is no .json file in it"),
        (&["new", "--layers", "2-x"], "is no shape"),
        (&["new", "--layers", "2-2-1", "--count", "3"], "--output DIR"),
        (&["lint", "digits"], "nobody works these by hand"),
    ] {
        let ran = tutor(args);
        assert_eq!(ran.code, Some(2), "{args:?}: {}", ran.out);
        assert!(ran.err.contains(told), "{args:?}: {}", ran.err);
    }
}
