//! Links to the journeys on one page, from where a reader notices that they need one.

use veto_content::facts::{PageJourneyId, Place};
use veto_content::messages::PageJourneyTexts;

use crate::web::extract::PageRequest;
use crate::web::link::Link;
use crate::web::page::Page;

/// A link to a journey with its texts.
pub struct JourneyLink<'a> {
    pub link: Link<'a>,
    pub texts: &'a PageJourneyTexts,
}

impl<'a> JourneyLink<'a> {
    /// The link to a journey; none if it is not for people in the visitor's country, or if the language lacks its texts.
    pub fn new(request: &'a PageRequest, id: PageJourneyId) -> Option<Self> {
        let journey = &request.catalog().facts.page_journeys[id];
        let fits = request.choices.country().is_none() || journey.is_for(&request.law().id);
        let texts = request.messages().page_journeys.get(&journey.id)?;
        fits.then(|| Self {
            link: request.link(Page::Journey(id)),
            texts,
        })
    }

    /// The links on a page, in the order of their numbers.
    pub fn on(request: &'a PageRequest, place: Place) -> Vec<Self> {
        let journeys = request.catalog().facts.page_journeys.iter();
        let linked = journeys.filter(|(_, journey)| journey.linked_from.contains(&place));
        linked.filter_map(|(id, _)| Self::new(request, id)).collect()
    }

    /// The links to the journeys with these ids.
    pub fn to(request: &'a PageRequest, ids: &[String]) -> Vec<Self> {
        let facts = &request.catalog().facts;
        let ids = ids.iter().filter_map(|id| facts.page_journey(id));
        ids.filter_map(|id| Self::new(request, id)).collect()
    }
}
