//! The README is run: every command in it, and what it prints.

#[test]
fn the_commands_of_the_readme_print_what_it_says() {
    trycmd::TestCases::new().env("COLUMNS", "80").case("README.md");
}

#[test]
fn the_scenario_of_the_readme_works() {
    let readme = include_str!("../README.md");
    let scenario = readme.split("```json\n").nth(1).and_then(|rest| rest.split("```").next());
    let scenario = scenario.expect("the README shows a scenario");
    let read = backprop_tutor::scenario::read(scenario.as_bytes(), "README.md");
    assert_eq!(read.expect("it reads").network.shape(), "2-2-1");
}

#[test]
fn every_flag_of_the_readme_is_known() {
    let readme = include_str!("../README.md");
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
        .args(["run", "--help"])
        .output()
        .expect("the program runs");
    let help = String::from_utf8(help.stdout).expect("help is text");
    let lines = readme.lines().filter(|line| line.trim_start().starts_with("backprop-tutor run "));
    let flags = lines.flat_map(str::split_whitespace).filter(|word| word.starts_with("--"));
    let unknown: Vec<&str> = flags.filter(|flag| !help.contains(flag)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
