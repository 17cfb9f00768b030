//! The texts of a language's files as types. A field has the name of its key; a file with a missing or unknown key does
//! not load. For the meaning of a field, read its text in `locales/en`.
#![allow(
    missing_docs,
    reason = "a field is described by its key and by the text in locales/en"
)]

mod companies;
mod family;
mod finish;
mod journeys;
mod lesson;
mod letters;
mod objection;
mod pages;
mod quiz;
mod replies;
mod school;
mod site;
mod slides;
mod steps;

pub use companies::{
    BasisTexts, CardTexts, CheckListTexts, CompanyComplaint, CompanyLawTexts, CompanyNotes, CompanyObjection,
    CompanyTexts, DefaultTexts, KindTexts, NothingTexts, ObjectionPageTexts, RowTexts, SupportTexts, WayTexts,
};
pub use family::{Family, FamilySheet, Phone, PhoneLine, PhonePart, Share};
pub use finish::{Finish, SharedDevice};
pub use journeys::{CopyTexts, JourneyPage, PageJourneyTexts, PageStepTexts, PlainTexts, WaysTexts};
pub use lesson::{LessonAnswer, LessonPartTexts, LessonTexts};
pub use letters::{
    ComplaintTexts, FieldErrorTexts, FieldTexts, LetterFormTexts, LetterPage, LetterText, LetterTexts, Letters,
};
pub use objection::{GroundTexts, Objection, ObjectionTexts};
pub use pages::{
    AuthorityLawTexts, AuthorityPage, Changes, EventKinds, Everything, Home, Record, RecordLawTexts, SourcesPage,
    Start, Timeline, Topic, TopicAnswer,
};
pub use quiz::{Quiz, QuizTexts};
pub use replies::{Replies, ReplySection, ReplyTexts, StatusPageTexts, StatusTexts};
pub use school::{Handout, ParagraphEnd, Parents, ParentsParagraph, School};
pub use site::{
    Article, Common, Confidences, Errors, Keep, Mistakes, OperatorTexts, PageNames, PerLaw, Privacy, Punctuation,
    Question, Section,
};
pub use slides::{SlideNote, SlideNotes, Slides};
pub use steps::{
    DrawingTexts, FormTexts, GroundGroups, GroundLabels, JourneyTexts, LastStepTexts, Note, StepTexts, Steps, TextPage,
    TroublePage, TroubleTexts,
};
