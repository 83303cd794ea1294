//! The list of exercises that the program shows where it is started without a
//! word.

use backprop_tutor::step::StepLook;
use backprop_tutor::step::keys::Key;
use backprop_tutor::step::menu::{Deed, Entry, Menu};
use backprop_tutor::step::state::Flow;
use backprop_tutor::step::view::Play;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

fn menu(count: usize) -> Menu {
    let names = ["xor", "mazur", "neuron"].into_iter().cycle().take(count);
    let entry = |name| Entry {
        name,
        shape: "2-2-1".to_owned(),
        title: format!("An exercise called {name}"),
        has_update: name != "neuron",
    };
    Menu::new(names.map(entry).collect(), StepLook { colour: None, ascii: false })
}

fn shown(menu: &mut Menu, width: u16, height: u16) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    menu.draw(area, &mut buffer);
    let rows = buffer.content.chunks(usize::from(width));
    rows.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>() + "\n").collect()
}

#[test]
fn a_line_for_each_and_what_enter_does() {
    let mut menu = menu(3);
    assert!(shown(&mut menu, 80, 24).contains("▸ xor     2-2-1  An exercise called xor"));
    assert!(shown(&mut menu, 80, 24).contains("Enter: backprop-tutor run xor --apply --step"));
    menu.on_key(Key::Down);
    menu.on_key(Key::Right);
    assert!(
        shown(&mut menu, 80, 24).contains("Enter: backprop-tutor run mazur --apply\n")
            || shown(&mut menu, 80, 24).contains("run mazur --apply ")
    );
    menu.on_key(Key::End);
    assert_eq!(menu.on_key(Key::Enter), Flow::Leave);
    let (entry, deed) = menu.chosen().unwrap();
    assert_eq!(deed.words(entry), ["run", "neuron"]);
}

#[test]
fn keys_for_each_deed_and_to_leave() {
    for (key, deed) in [('w', Deed::Walk), ('r', Deed::Read), ('a', Deed::Answer)] {
        let mut menu = menu(3);
        assert_eq!(menu.on_key(Key::Char(key)), Flow::Leave);
        assert_eq!(menu.chosen().map(|(_, deed)| deed), Some(deed));
    }
    let mut menu = menu(3);
    assert_eq!(menu.on_key(Key::Escape), Flow::Leave);
    assert!(menu.chosen().is_none());
}

#[test]
fn any_window_and_any_number_of_exercises() {
    for count in [0, 1, 40] {
        let mut menu = menu(count);
        for key in [Key::Up, Key::Down, Key::End, Key::Left] {
            menu.on_key(key);
            for size in [(1, 1), (20, 5), (60, 20), (200, 60)] {
                shown(&mut menu, size.0, size.1);
            }
        }
        if count == 40 {
            assert!(shown(&mut menu, 60, 20).contains('▸'), "the choice is on the screen");
        }
        menu.on_key(Key::Enter);
        assert_eq!(menu.chosen().is_some(), count > 0);
    }
}
