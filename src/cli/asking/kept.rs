//! The file that answers are kept in while they are asked: one that this
//! program wrote itself, locked against other processes. A sheet that somebody
//! wrote by hand is read and never written; its answers go into a file beside it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use super::usual;
use crate::cli::args::RunArgs;
use crate::export::sheet_json;
use crate::lesson::Exercise;
use crate::name::NameSet;
use crate::network::Network;
use crate::source::lock::{Lock, Locked};
use crate::source::{draft, file};
use crate::text::harmless;
use crate::verify::asking::{taken_over, told_by_nobody};
use crate::verify::{self, Sheet};

/// What is expected in the file.
const WHAT: &str = "an answer sheet";

/// What helps where nothing can be kept.
const NOT_KEPT: &str = "the answers cannot be kept; --save FILE picks another place";

/// Files beside a sheet written by hand that are tried.
const MOST_BESIDE: usize = 99;

/// Where answers are kept, and what is there already.
pub(in crate::cli) struct KeptAnswers {
    path: PathBuf,
    /// The answers so far.
    pub(in crate::cli) sheet: Sheet,
    /// The sheet that was meant to hold them, if somebody wrote it by hand.
    by_hand: Option<(PathBuf, Sheet)>,
    /// Held until the answers are kept no longer.
    _lock: Lock,
}

impl KeptAnswers {
    /// Opens what `--save` names, or the file of this exercise in the user's
    /// state folder; begins anew with `--restart`.
    pub(in crate::cli) fn open(args: &RunArgs, exercise: &Exercise<'_>) -> anyhow::Result<Self> {
        let wanted = match args.save.as_deref() {
            Some("-") => bail!("--save -: give the path of a file; you are asked on this terminal"),
            Some(path) => PathBuf::from(path),
            None => usual::path(args, exercise)?,
        };
        let (path, lock) = claim(&wanted)?;
        let read = |path: &Path| match args.restart {
            true => Ok(Sheet::default()),
            false => read(path, exercise.network),
        };
        let mut sheet =
            read(&path).context("these are the answers kept so far; --restart begins anew")?;
        let mut by_hand = None;
        if path != wanted {
            let written = read(&wanted)
                .context("this sheet was not written by the program, so its answers are read")?;
            sheet = taken_over(sheet, &written);
            by_hand = Some((wanted, written));
        }
        Ok(Self { path, sheet, by_hand, _lock: lock })
    }

    /// The answers that were taken over and told to nobody.
    pub(super) fn untold(&self) -> NameSet {
        let by_hand = self.by_hand.as_ref();
        by_hand.map_or_else(NameSet::default, |(_, sheet)| told_by_nobody(&self.sheet, sheet))
    }

    pub(super) fn write(&self, sheet: &Sheet, network: &Network) -> anyhow::Result<()> {
        let mut text = Vec::new();
        sheet_json::write(sheet, network.naming(), &mut text)?;
        draft::replace(&self.path, &text).context(NOT_KEPT)
    }

    /// The path, for people.
    pub(super) fn shown(&self) -> String {
        shown(&self.path)
    }

    /// The path of the sheet that stays as it is, for people.
    pub(super) fn by_hand_shown(&self) -> Option<String> {
        self.by_hand.as_ref().map(|(path, _)| shown(path))
    }
}

/// The path of the first file that does not exist or that this program wrote,
/// from the one that is wanted on, and the lock on it.
fn claim(wanted: &Path) -> anyhow::Result<(PathBuf, Lock)> {
    for number in 0..=MOST_BESIDE {
        let path = if number == 0 { wanted.to_path_buf() } else { beside(wanted, number) };
        if is_by_hand(&path)? {
            continue;
        }
        let lock = Lock::take(&path).map_err(|locked| match locked {
            Locked::Busy { .. } => anyhow!(
                "{locked}\n  help: go on there, or keep these answers elsewhere with --save FILE"
            ),
            Locked::Unwritable(why) => anyhow!(why).context(NOT_KEPT),
        })?;
        // Somebody may have written it before it was locked.
        if !is_by_hand(&path)? {
            return Ok((path, lock));
        }
    }
    bail!("{NOT_KEPT}: beside `{}` there are too many sheets already", shown(wanted))
}

/// Whether there is something in a file that this program did not write.
fn is_by_hand(path: &Path) -> anyhow::Result<bool> {
    draft::check_regular(path).context(NOT_KEPT)?;
    if !path.exists() {
        return Ok(false);
    }
    let bytes = file::bytes_at(path, WHAT)?;
    Ok(!bytes.trim_ascii().is_empty() && !sheet_json::is_own(&bytes))
}

/// `mine.txt.answers.json`, `mine.txt.answers.2.json`
fn beside(path: &Path, number: usize) -> PathBuf {
    let mut name = OsString::from(path.file_name().unwrap_or_default());
    name.push(match number {
        1 => ".answers.json".to_owned(),
        _ => format!(".answers.{number}.json"),
    });
    path.with_file_name(name)
}

fn read(path: &Path, network: &Network) -> anyhow::Result<Sheet> {
    if !path.exists() {
        return Ok(Sheet::default());
    }
    Ok(verify::read(&file::bytes_at(path, WHAT)?, &path.to_string_lossy(), network)?)
}

fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    let home = dirs::home_dir().map(|home| home.to_string_lossy().into_owned());
    let below = home.as_deref().and_then(|home| path.strip_prefix(home));
    let shown = below.filter(|below| below.starts_with('/'));
    harmless(&shown.map_or_else(|| path.to_string(), |below| format!("~{below}"))).into_owned()
}
