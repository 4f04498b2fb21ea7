// Fusebox card 5877c029fa931901: made from card/ by `make card`. Apache-2.0; with Lit, BSD-3-Clause, Google LLC.
var ae=globalThis,ie=ae.ShadowRoot&&(ae.ShadyCSS===void 0||ae.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,ke=Symbol(),at=new WeakMap,G=class{constructor(e,t,n){if(this._$cssResult$=!0,n!==ke)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(ie&&e===void 0){let n=t!==void 0&&t.length===1;n&&(e=at.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),n&&at.set(t,e))}return e}toString(){return this.cssText}},it=s=>new G(typeof s=="string"?s:s+"",void 0,ke),f=(s,...e)=>{let t=s.length===1?s[0]:e.reduce((n,r,o)=>n+(a=>{if(a._$cssResult$===!0)return a.cssText;if(typeof a=="number")return a;throw Error("Value passed to 'css' function must be a 'css' function result: "+a+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(r)+s[o+1],s[0]);return new G(t,s,ke)},lt=(s,e)=>{if(ie)s.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let n=document.createElement("style"),r=ae.litNonce;r!==void 0&&n.setAttribute("nonce",r),n.textContent=t.cssText,s.appendChild(n)}},Ae=ie?s=>s:s=>s instanceof CSSStyleSheet?(e=>{let t="";for(let n of e.cssRules)t+=n.cssText;return it(t)})(s):s;var{is:xn,defineProperty:$n,getOwnPropertyDescriptor:kn,getOwnPropertyNames:An,getOwnPropertySymbols:Sn,getPrototypeOf:Mn}=Object,le=globalThis,dt=le.trustedTypes,On=dt?dt.emptyScript:"",En=le.reactiveElementPolyfillSupport,V=(s,e)=>s,Se={toAttribute(s,e){switch(e){case Boolean:s=s?On:null;break;case Object:case Array:s=s==null?s:JSON.stringify(s)}return s},fromAttribute(s,e){let t=s;switch(e){case Boolean:t=s!==null;break;case Number:t=s===null?null:Number(s);break;case Object:case Array:try{t=JSON.parse(s)}catch{t=null}}return t}},pt=(s,e)=>!xn(s,e),ut={attribute:!0,type:String,converter:Se,reflect:!1,useDefault:!1,hasChanged:pt};Symbol.metadata??=Symbol("metadata"),le.litPropertyMetadata??=new WeakMap;var O=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=ut){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&$n(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:o}=kn(this.prototype,e)??{get(){return this[t]},set(a){this[t]=a}};return{get:r,set(a){let i=r?.call(this);o?.call(this,a),this.requestUpdate(e,i,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??ut}static _$Ei(){if(this.hasOwnProperty(V("elementProperties")))return;let e=Mn(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(V("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(V("properties"))){let t=this.properties,n=[...An(t),...Sn(t)];for(let r of n)this.createProperty(r,t[r])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[n,r]of t)this.elementProperties.set(n,r)}this._$Eh=new Map;for(let[t,n]of this.elementProperties){let r=this._$Eu(t,n);r!==void 0&&this._$Eh.set(r,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let r of n)t.unshift(Ae(r))}else e!==void 0&&t.push(Ae(e));return t}static _$Eu(e,t){let n=t.attribute;return n===!1?void 0:typeof n=="string"?n:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return lt(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&n.reflect===!0){let o=(n.converter?.toAttribute!==void 0?n.converter:Se).toAttribute(t,n.type);this._$Em=e,o==null?this.removeAttribute(r):this.setAttribute(r,o),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let o=n.getPropertyOptions(r),a=typeof o.converter=="function"?{fromAttribute:o.converter}:o.converter?.fromAttribute!==void 0?o.converter:Se;this._$Em=r;let i=a.fromAttribute(t,o.type);this[r]=i??this._$Ej?.get(r)??i,this._$Em=null}}requestUpdate(e,t,n,r=!1,o){if(e!==void 0){let a=this.constructor;if(r===!1&&(o=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??pt)(o,t)||n.useDefault&&n.reflect&&o===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:o},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),o!==!0||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),r===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,o]of this._$Ep)this[r]=o;this._$Ep=void 0}let n=this.constructor.elementProperties;if(n.size>0)for(let[r,o]of n){let{wrapped:a}=o,i=this[r];a!==!0||this._$AL.has(r)||i===void 0||this.C(r,void 0,o,i)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(n=>n.hostUpdate?.()),this.update(t)):this._$EM()}catch(n){throw e=!1,this._$EM(),n}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};O.elementStyles=[],O.shadowRootOptions={mode:"open"},O[V("elementProperties")]=new Map,O[V("finalized")]=new Map,En?.({ReactiveElement:O}),(le.reactiveElementVersions??=[]).push("2.1.2");var He=globalThis,ct=s=>s,de=He.trustedTypes,mt=de?de.createPolicy("lit-html",{createHTML:s=>s}):void 0,_t="$lit$",R=`lit$${Math.random().toFixed(9).slice(2)}$`,vt="?"+R,Cn=`<${vt}>`,W=document,Y=()=>W.createComment(""),X=s=>s===null||typeof s!="object"&&typeof s!="function",Le=Array.isArray,Rn=s=>Le(s)||typeof s?.[Symbol.iterator]=="function",Me=`[ 	
\f\r]`,q=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ht=/-->/g,ft=/>/g,P=RegExp(`>|${Me}(?:([^\\s"'>=/]+)(${Me}*=${Me}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),gt=/'/g,yt=/"/g,wt=/^(?:script|style|textarea|title)$/i,Pe=s=>(e,...t)=>({_$litType$:s,strings:e,values:t}),d=Pe(1),T=Pe(2),js=Pe(3),F=Symbol.for("lit-noChange"),c=Symbol.for("lit-nothing"),bt=new WeakMap,N=W.createTreeWalker(W,129);function xt(s,e){if(!Le(s)||!s.hasOwnProperty("raw"))throw Error("invalid template strings array");return mt!==void 0?mt.createHTML(e):e}var Tn=(s,e)=>{let t=s.length-1,n=[],r,o=e===2?"<svg>":e===3?"<math>":"",a=q;for(let i=0;i<t;i++){let l=s[i],u,m,p=-1,b=0;for(;b<l.length&&(a.lastIndex=b,m=a.exec(l),m!==null);)b=a.lastIndex,a===q?m[1]==="!--"?a=ht:m[1]!==void 0?a=ft:m[2]!==void 0?(wt.test(m[2])&&(r=RegExp("</"+m[2],"g")),a=P):m[3]!==void 0&&(a=P):a===P?m[0]===">"?(a=r??q,p=-1):m[1]===void 0?p=-2:(p=a.lastIndex-m[2].length,u=m[1],a=m[3]===void 0?P:m[3]==='"'?yt:gt):a===yt||a===gt?a=P:a===ht||a===ft?a=q:(a=P,r=void 0);let S=a===P&&s[i+1].startsWith("/>")?" ":"";o+=a===q?l+Cn:p>=0?(n.push(u),l.slice(0,p)+_t+l.slice(p)+R+S):l+R+(p===-2?i:S)}return[xt(s,o+(s[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),n]},Z=class s{constructor({strings:e,_$litType$:t},n){let r;this.parts=[];let o=0,a=0,i=e.length-1,l=this.parts,[u,m]=Tn(e,t);if(this.el=s.createElement(u,n),N.currentNode=this.el.content,t===2||t===3){let p=this.el.content.firstChild;p.replaceWith(...p.childNodes)}for(;(r=N.nextNode())!==null&&l.length<i;){if(r.nodeType===1){if(r.hasAttributes())for(let p of r.getAttributeNames())if(p.endsWith(_t)){let b=m[a++],S=r.getAttribute(p).split(R),j=/([.?@])?(.*)/.exec(b);l.push({type:1,index:o,name:j[2],strings:S,ctor:j[1]==="."?Ee:j[1]==="?"?Ce:j[1]==="@"?Re:U}),r.removeAttribute(p)}else p.startsWith(R)&&(l.push({type:6,index:o}),r.removeAttribute(p));if(wt.test(r.tagName)){let p=r.textContent.split(R),b=p.length-1;if(b>0){r.textContent=de?de.emptyScript:"";for(let S=0;S<b;S++)r.append(p[S],Y()),N.nextNode(),l.push({type:2,index:++o});r.append(p[b],Y())}}}else if(r.nodeType===8)if(r.data===vt)l.push({type:2,index:o});else{let p=-1;for(;(p=r.data.indexOf(R,p+1))!==-1;)l.push({type:7,index:o}),p+=R.length-1}o++}}static createElement(e,t){let n=W.createElement("template");return n.innerHTML=e,n}};function B(s,e,t=s,n){if(e===F)return e;let r=n!==void 0?t._$Co?.[n]:t._$Cl,o=X(e)?void 0:e._$litDirective$;return r?.constructor!==o&&(r?._$AO?.(!1),o===void 0?r=void 0:(r=new o(s),r._$AT(s,t,n)),n!==void 0?(t._$Co??=[])[n]=r:t._$Cl=r),r!==void 0&&(e=B(s,r._$AS(s,e.values),r,n)),e}var Oe=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??W).importNode(t,!0);N.currentNode=r;let o=N.nextNode(),a=0,i=0,l=n[0];for(;l!==void 0;){if(a===l.index){let u;l.type===2?u=new J(o,o.nextSibling,this,e):l.type===1?u=new l.ctor(o,l.name,l.strings,this,e):l.type===6&&(u=new Te(o,this,e)),this._$AV.push(u),l=n[++i]}a!==l?.index&&(o=N.nextNode(),a++)}return N.currentNode=W,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings!==void 0?(n._$AI(e,n,t),t+=n.strings.length-2):n._$AI(e[t])),t++}},J=class s{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=c,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=B(this,e,t),X(e)?e===c||e==null||e===""?(this._$AH!==c&&this._$AR(),this._$AH=c):e!==this._$AH&&e!==F&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):Rn(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==c&&X(this._$AH)?this._$AA.nextSibling.data=e:this.T(W.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n=="number"?this._$AC(e):(n.el===void 0&&(n.el=Z.createElement(xt(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let o=new Oe(r,this),a=o.u(this.options);o.p(t),this.T(a),this._$AH=o}}_$AC(e){let t=bt.get(e.strings);return t===void 0&&bt.set(e.strings,t=new Z(e)),t}k(e){Le(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,n,r=0;for(let o of e)r===t.length?t.push(n=new s(this.O(Y()),this.O(Y()),this,this.options)):n=t[r],n._$AI(o),r++;r<t.length&&(this._$AR(n&&n._$AB.nextSibling,r),t.length=r)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let n=ct(e).nextSibling;ct(e).remove(),e=n}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},U=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,o){this.type=1,this._$AH=c,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=o,n.length>2||n[0]!==""||n[1]!==""?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=c}_$AI(e,t=this,n,r){let o=this.strings,a=!1;if(o===void 0)e=B(this,e,t,0),a=!X(e)||e!==this._$AH&&e!==F,a&&(this._$AH=e);else{let i=e,l,u;for(e=o[0],l=0;l<o.length-1;l++)u=B(this,i[n+l],t,l),u===F&&(u=this._$AH[l]),a||=!X(u)||u!==this._$AH[l],u===c?e=c:e!==c&&(e+=(u??"")+o[l+1]),this._$AH[l]=u}a&&!r&&this.j(e)}j(e){e===c?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},Ee=class extends U{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===c?void 0:e}},Ce=class extends U{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==c)}},Re=class extends U{constructor(e,t,n,r,o){super(e,t,n,r,o),this.type=5}_$AI(e,t=this){if((e=B(this,e,t,0)??c)===F)return;let n=this._$AH,r=e===c&&n!==c||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,o=e!==c&&(n===c||r);r&&this.element.removeEventListener(this.name,this,n),o&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Te=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){B(this,e)}};var Hn=He.litHtmlPolyfillSupport;Hn?.(Z,J),(He.litHtmlVersions??=[]).push("3.3.3");var $t=(s,e,t)=>{let n=t?.renderBefore??e,r=n._$litPart$;if(r===void 0){let o=t?.renderBefore??null;n._$litPart$=r=new J(e.insertBefore(Y(),o),o,void 0,t??{})}return r._$AI(s),r};var Ne=globalThis,y=class extends O{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=$t(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return F}};y._$litElement$=!0,y.finalized=!0,Ne.litElementHydrateSupport?.({LitElement:y});var Ln=Ne.litElementPolyfillSupport;Ln?.({LitElement:y});(Ne.litElementVersions??=[]).push("4.2.2");var kt=new Map,Pn=2500,Nn=2e4,Wn=15e3;function At(s,e,t,n){return ue(s,e,{wanted:t,stage:"sent",sentence:"",sinceMs:n})}function St(s,e,t,n,r){let o=s.get(e);return o?.sinceMs!==t||o.stage!=="sent"?s:ue(s,e,{...o,stage:n===null?"taken":"refused",sentence:n??"",sinceMs:r})}function Mt(s,e,t){let n=s;for(let[r,o]of s){let a=t-o.sinceMs;if(o.stage==="taken"&&In(e(r),o.wanted))n=ue(n,r,{...o,stage:"confirmed",sinceMs:t});else if(o.stage==="taken"&&a>Wn)n=ue(n,r,{...o,stage:"late",sinceMs:t});else if(Fn(o,a)){let i=new Map(n);i.delete(r),n=i}}return n}function D(s,e,t){let n=s.get(e);return n?.stage==="sent"||n?.stage==="taken"||n?.stage==="confirmed"?n.wanted:t}function Fn(s,e){return s.stage==="confirmed"?e>Pn:(s.stage==="refused"||s.stage==="late")&&e>Nn}function In(s,e){return typeof s=="number"&&typeof e=="number"?Math.abs(s-e)<.05:s===e}function ue(s,e,t){return new Map(s).set(e,t)}var We=["#3b7dd8","#9a5bd0","#17907f","#d0518a","#a9740f","#4f9230","#1f8fb0","#a8663c","#6a70d6","#84821d"];function Ot(s){return We[s%We.length]??We[0]}var K="var(--fb-house)",pe="var(--energy-solar-color, #ff9800)",Et="var(--energy-grid-consumption-color, #488fc2)",Ct="var(--energy-grid-return-color, #8353d1)",ce="var(--energy-battery-in-color, #f06292)",Rt="var(--energy-battery-out-color, #4db6ac)";function h(s){return typeof s=="number"&&Number.isFinite(s)?s:null}function Q(s){return s===void 0||s.trim()===""?null:h(Number(s))}function g(s){return typeof s=="string"?s:""}function E(s){return Array.isArray(s)?s.filter(e=>typeof e=="string"):[]}function ee(s){return typeof s=="object"&&s!==null&&!Array.isArray(s)?s:{}}function Tt(s){return Array.isArray(s)?s.map(ee):[]}function te(s){return Object.fromEntries(Object.entries(ee(s)).map(([e,t])=>[e,h(t)]))}function H(s){let e=0;for(let t of s)e+=t;return e}var L="sensor.fusebox_site",zn=new Set(["unavailable","unknown"]);function me(s){let e=s[L],t=e?.attributes??{},n=te(t.grid_a);return{state:e===void 0||zn.has(e.state)?"missing":e.state,reason:g(t.reason),more:[...E(t.errors).slice(1),...E(t.warnings)],phases:Object.keys(n).sort(),gridA:n,fuseA:h(t.fuse_a),voltageV:h(t.voltage_v)??230,circuits:Object.entries(ee(t.circuits)).map(([r,o])=>jn(r,ee(o))),solarW:h(t.solar_w),batteryPct:h(t.battery_soc_pct),batteryW:h(t.battery_charge_w),loads:E(t.loads)}}function jn(s,e){return{name:s,parent:g(e.parent),fuseA:h(e.fuse_a)??0,flowA:te(e.flow_a)}}function he(s){return s.solarW!==null||s.batteryW!==null||s.batteryPct!==null}function fe(s){let e=0;for(let t of s.phases){let n=s.gridA[t]??null;if(n===null)return null;e+=n*s.voltageV}return s.phases.length===0?null:e}var Bn=1;function ge(s,e){let t=fe(s);if(t===null)return null;let n=Math.max(s.solarW??0,0),r=s.batteryW??0,o=e.map(({entity:p,title:b,colour:S,drawW:j})=>I(p,S,j??0,b)),a=Math.max(0,t+n-r-H(o.map(p=>p.watts))),i=o.filter(p=>p.watts<0).map(p=>({...p,watts:-p.watts})),l=Ht([I("sun",pe,n),I("battery",Rt,-r),...i,I("grid",Et,t)]),u=Ht([I("house",K,a),...o,I("battery",ce,r),I("export",Ct,-t)]),m=Math.max(H(l.map(p=>p.watts)),H(u.map(p=>p.watts)));return{from:l,to:u,totalW:m,houseW:a}}function I(s,e,t,n=""){return{key:s,colour:e,watts:t,title:n}}function Ht(s){return s.filter(e=>e.watts>Bn)}var Fe="sensor.fusebox_prices";function Lt(s){let e=g(s.plan_state);return e===""?null:{state:e,reason:g(s.plan_reason),cost:h(s.plan_cost),slots:Nt(s.plan)}}function Pt(s){return Nt(s[Fe]?.attributes.slots).filter(e=>e.price!==null)}function Nt(s){return Tt(s).map(e=>({startMs:Date.parse(g(e.start)),endMs:Date.parse(g(e.end)),price:h(e.price)})).filter(e=>e.endMs>e.startMs)}var Un="sensor.fusebox_",Dn={plug:"mdi:power-socket-eu",tank:"mdi:water-boiler",sg_ready:"mdi:heat-pump",radiators:"mdi:radiator",quasar:"mdi:car-electric"};function ye(s,e,t,n){let r=s.attributes,o=Gn(te(r.draw_a)),a=s.entity_id.slice(Un.length),i=n[`${s.entity_id}_energy`],l=Q(n[`${s.entity_id}_power`]?.state),u=Object.keys(o).length===0?null:H(Object.values(o))*e.voltageV;return{entity:s.entity_id,name:a,title:Kn(g(r.friendly_name),a),icon:Dn[g(r.type)]??"mdi:ev-station",colour:Ot(t),status:g(r.status),mode:g(r.mode),modes:E(r.modes),boosted:typeof r.boosted=="boolean"?r.boosted:null,circuit:g(r.circuit)||"main",phases:E(r.phases),drawA:o,drawW:u??l,share:Q(s.state),unit:g(r.unit_of_measurement),reason:g(r.reason),limitedBy:g(r.limited_by),currentA:Vn(h(r.min_a),h(r.max_a),qn(g(r.circuit),e)),sessionKwh:h(i?.attributes.session_kwh),sessionSolarPct:h(i?.attributes.session_solar_pct),plan:Lt(r)}}function Kn(s,e){let n=(s.startsWith("Fusebox ")?s.slice(8):s||e).replaceAll("_"," ");return n.charAt(0).toUpperCase()+n.slice(1)}function Gn(s){return Object.fromEntries(Object.entries(s).filter(e=>e[1]!==null))}function Vn(s,e,t){return s===null||e===null?null:{min:s,max:e,top:Math.max(t??e,e)}}function qn(s,e){let t=e.fuseA,n=e.circuits.find(r=>r.name===s);for(let r=0;n!==void 0&&r<e.circuits.length;r++){t=Math.min(t??n.fuseA,n.fuseA);let o=n.parent;n=e.circuits.find(a=>a.name===o)}return t}function Ie(s){return Object.values(s).filter(e=>e!==void 0&&Yn(e)).map(Xn)}function Yn(s){return s.entity_id.startsWith("pyscript.")&&Array.isArray(s.attributes.radiators)&&"live"in s.attributes}function Xn(s){let{live:e,requested:t,boost:n}=s.attributes;return{entity:s.entity_id,title:g(s.attributes.friendly_name).replace(/^Fusebox /,""),dots:E(s.attributes.radiators).map((r,o)=>({name:r,is:be(e,o)?"on":be(t,o)||be(n,o)?"waits":"warm",boosted:be(n,o)})),allowed:h(s.attributes.allowed),reason:g(s.attributes.reason)}}function be(s,e){return Array.isArray(s)&&s[e]===1}var ze="sensor.fusebox_peak";function Wt(s){let e=s[ze];if(e===void 0||e.state==="unavailable")return null;let t=e.attributes;return{projectedKw:Q(e.state),targetKw:h(t.target_kw),monthKw:h(t.month_peak_kw),leftS:h(t.seconds_left)??0,windowMin:h(t.window_min)??15,allowedW:h(t.allowed_import_w),reason:g(t.reason)}}function zt(s,e){if(e!==null&&It(Ft(s,e.site),e.made))return e;let t=me(s),n=new Map(e?.loads.map(a=>[a.entity,a])),r=new Map,o=[];return t.loads.forEach((a,i)=>{let l=s[a];if(l===void 0)return;let u=[...jt(s,a),i,...Zn(t)],m=It(u,e?.madeOf.get(a)??[])?n.get(a):void 0;o.push(m??ye(l,t,i,s)),r.set(a,u)}),{site:t,loads:o,tariff:Wt(s),groups:Jn(s),made:Ft(s,t),madeOf:r}}function Ft(s,e){let t=e.loads.flatMap(n=>jt(s,n));return[...[L,ze,Fe,...Bt(s)].map(n=>s[n]),...t]}function jt(s,e){return[s[e],s[`${e}_energy`],s[`${e}_power`]]}function Zn(s){return[s.voltageV,s.fuseA,...s.circuits.flatMap(e=>[e.name,e.fuseA])]}var je={count:-1,ids:[]};function Bt(s){let e=Object.keys(s).length;return e!==je.count&&(je={count:e,ids:Ie(s).map(t=>t.entity)}),je.ids}function Jn(s){return Ie(Object.fromEntries(Bt(s).map(e=>[e,s[e]])))}function It(s,e){return s.length===e.length&&s.every((t,n)=>t===e[n])}var Qn={mode:{service:"fusebox_set_mode",field:"mode"},boost:{service:"fusebox_boost",field:"state"},max:{service:"fusebox_set_max_current",field:"current_a"}};function x(s,e){return`${s.entity} ${e}`}function Ut(s,e){return e==="mode"?s.mode:e==="boost"?s.boosted:s.currentA?.max??null}async function Dt(s,e,t,n){let{service:r,field:o}=Qn[t];try{return await s.callService("pyscript",r,{load:e.name,[o]:n},void 0,!1),null}catch(a){return es(a)}}function es(s){let e=typeof s=="object"&&s!==null&&"message"in s?s.message:s;return String(e).replace(/^Validation error: /,"")}var ts=.05;function Kt(s,e){return s.fuseA===null?[]:[{name:"main",parent:"",fuseA:s.fuseA,flowA:s.gridA},...s.circuits].map(n=>({name:n.name,fuseA:n.fuseA,bars:Object.keys(n.flowA).sort().map(r=>ns(n,r,ss(n,s,e),he(s)))}))}function ns(s,e,t,n){let r=s.flowA[e]??null,o=r!==null&&Math.abs(r)>s.fuseA,a=r===null?null:s.fuseA-r,i=r===null?[]:Ue(r,Be(e,t),n);return{phase:e,flowA:r,fuseA:s.fuseA,freeA:a,over:o,segments:i}}function Be(s,e){return e.map(({entity:t,title:n,colour:r,drawA:o})=>({key:t,title:n,colour:r,amps:o[s]??0}))}function Ue(s,e,t){let n=s-H(e.map(i=>i.amps)),r=[],o=t?Math.min(n,0):0,a=(i,l,u,m)=>{let p=t?o+m:Math.min(o+m,Math.max(s,0));p-o>ts&&r.push({key:i,title:l,colour:u,fromA:o,toA:p}),o=Math.max(p,o)};a("house","",K,Math.max(n,0));for(let{key:i,title:l,colour:u,amps:m}of e)a(i,l,u,Math.max(m,0));return r}function ss(s,e,t){if(s.name==="main")return t;let n=new Set([s.name]);for(let r of e.circuits)n.has(r.parent)&&n.add(r.name);return t.filter(r=>n.has(r.circuit))}function Gt(s,e){let t=s[0]?.fuseA??0,n=s.flatMap(l=>l.bars.flatMap(u=>u.segments)),r=Math.min(0,...n.map(l=>l.fromA),...rs(s)),o=Math.max(t,...n.map(l=>l.toA)),a=-Math.ceil(-r/(t/4||1))*(t/4),i=Math.max(t*1.12,Math.min(o*1.04,t*2));return{leftA:Math.min(a,e?.leftA??0)||0,rightA:Math.max(i,e?.rightA??0)}}function rs(s){return s.flatMap(e=>e.bars.map(t=>t.flowA??0))}var Vt=f`
  :host {
    container-type: inline-size;
  }
  ha-card {
    display: block;
    padding: 16px;
    overflow: hidden;
  }
  .parts {
    display: grid;
    gap: 20px 28px;
    grid-template-columns: minmax(0, 1fr);
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    align-content: start;
    min-width: 0;
  }
  fusebox-card-load + fusebox-card-load,
  fusebox-card-load + fusebox-card-radiators {
    border-top: 1px solid var(--fb-line);
    padding-top: 14px;
  }
  .loads {
    gap: 14px;
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  .today {
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  @container (min-width: 700px) {
    .parts {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    .loads {
      grid-row: span 2;
      border-top: none;
      padding-top: 0;
    }
  }
  @container (min-width: 1050px) {
    .parts {
      grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
      grid-template-rows: auto 1fr;
    }
    .wire {
      grid-row: span 2;
    }
    .loads {
      grid-row: auto;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 14px 28px;
    }
    .loads > :nth-child(2) {
      border-top: none;
      padding-top: 0;
    }
  }
`;var qt={name:"Fusebox",description:"Faser, forbrugere og i dag, med ét blik",state_ok:"Alt er vel",state_limited:"Forbrugere holdes tilbage",state_over:"For meget på en ledning",state_blind:"Måleren er tavs",state_fault:"En forbruger har en fejl",state_config_error:"CONFIG har en fejl",state_dry_run:"Prøvekørsel: intet styres",state_missing:"Fusebox kører ikke",status_charging:"lader",status_waiting:"venter",status_paused:"på pause",status_full:"fuld",status_unplugged:"ikke tilsluttet",status_on:"tændt",status_off:"slukket",status_blind:"blind",status_fault:"fejl",status_switching:"skifter faser",mode_standard:"Standard",mode_continuous:"Altid",mode_solar_priority:"Sol først",mode_solar_only:"Kun sol",mode_excess:"Overskud",mode_off:"Fra",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",grid:"Net",house:"Hus",export:"Eksport",charges:"lader",discharges:"afgiver",free:"ledig",over:"for meget",of_fuse:"af {0}",may_have:"må få {0}",phase_count:"{0} faser",one_phase:"1 fase",mode:"Tilstand",boost:"Boost",at_most:"Højst",session:"denne ladning",confirmed:"Udført",pending:"Sendt …",late:"Enheden viser det ikke endnu",show_more:"Vis mere",show_less:"Vis mindre",no_loads:"Ingen forbrugere endnu. Nævn dem i CONFIG, så vises de her.",not_running:"sensor.fusebox_site findes ikke. Se i loggen for pyscript, eller kald pyscript.fusebox_setup.",today:"I dag",total:"I alt",no_history:"Intet er optaget endnu",target:"mål",fuse:"sikring",price:"pris",now:"nu",window:"Disse {0} minutter",window_left:"{0} min tilbage",month_peak:"Månedens top",radiators:"Radiatorer",rad_on:"tændt",rad_waits:"venter",rad_warm:"varm nok",event_limited:"holdt tilbage",event_shed:"stoppet",event_blind:"blind",event_recovered:"overstået",event_escalated:"se efter",plan_waiting:"planlagt",plan_running:"planen kører",plan_done:"planen er opfyldt",plan_late:"planen er forsinket",edit_title:"Titel",edit_hours:"Timer tilbage",edit_hide_today:"Uden billedet af i dag",edit_controls:"Betjening af forbrugere",controls_auto:"åben ved få forbrugere",controls_always:"altid åben",controls_tap:"åben ved tryk"};var Yt={name:"Fusebox",description:"Phasen, Verbraucher und heute, auf einen Blick",state_ok:"Alles in Ordnung",state_limited:"Verbraucher werden begrenzt",state_over:"Zu viel auf einer Leitung",state_blind:"Der Zähler schweigt",state_fault:"Ein Verbraucher ist gestört",state_config_error:"CONFIG hat einen Fehler",state_dry_run:"Probelauf: nichts wird geschaltet",state_missing:"Fusebox läuft nicht",status_charging:"lädt",status_waiting:"wartet",status_paused:"pausiert",status_full:"voll",status_unplugged:"nicht verbunden",status_on:"an",status_off:"aus",status_blind:"blind",status_fault:"gestört",status_switching:"wechselt die Phasen",mode_standard:"Standard",mode_continuous:"Immer",mode_solar_priority:"Sonne zuerst",mode_solar_only:"Nur Sonne",mode_excess:"Überschuss",mode_off:"Aus",mode_normal:"Normal",mode_boost:"Boost",sun:"Sonne",battery:"Batterie",grid:"Netz",house:"Haus",export:"Einspeisung",charges:"lädt",discharges:"gibt ab",free:"frei",over:"zu viel",of_fuse:"von {0}",may_have:"darf {0}",phase_count:"{0} Phasen",one_phase:"1 Phase",mode:"Modus",boost:"Boost",at_most:"Höchstens",session:"diese Ladung",confirmed:"Erledigt",pending:"Gesendet …",late:"Das Gerät zeigt es noch nicht",show_more:"Mehr zeigen",show_less:"Weniger zeigen",no_loads:"Noch keine Verbraucher. In CONFIG genannt, erscheinen sie hier.",not_running:"sensor.fusebox_site fehlt. Das Protokoll von pyscript hilft weiter, oder pyscript.fusebox_setup.",today:"Heute",total:"Gesamt",no_history:"Noch nichts aufgezeichnet",target:"Ziel",fuse:"Sicherung",price:"Preis",now:"jetzt",window:"Diese {0} Minuten",window_left:"noch {0} min",month_peak:"Spitze des Monats",radiators:"Heizkörper",rad_on:"an",rad_waits:"wartet",rad_warm:"warm genug",event_limited:"begrenzt",event_shed:"angehalten",event_blind:"blind",event_recovered:"vorbei",event_escalated:"nachsehen",plan_waiting:"geplant",plan_running:"Plan läuft",plan_done:"Plan erfüllt",plan_late:"Plan verspätet",edit_title:"Titel",edit_hours:"Stunden der Vergangenheit",edit_hide_today:"Ohne das Bild von heute",edit_controls:"Bedienung der Verbraucher",controls_auto:"offen bei wenigen Verbrauchern",controls_always:"immer offen",controls_tap:"offen nach Antippen"};var _e={name:"Fusebox",description:"Phases, loads and today, at a glance",state_ok:"All is well",state_limited:"Loads are held back",state_over:"Too much on a wire",state_blind:"The meter is silent",state_fault:"A load has a fault",state_config_error:"CONFIG has a mistake",state_dry_run:"Dry run: nothing is commanded",state_missing:"Fusebox is not running",status_charging:"charging",status_waiting:"waiting",status_paused:"paused",status_full:"full",status_unplugged:"unplugged",status_on:"on",status_off:"off",status_blind:"blind",status_fault:"fault",status_switching:"switching phases",mode_standard:"Standard",mode_continuous:"Always",mode_solar_priority:"Sun first",mode_solar_only:"Sun only",mode_excess:"Excess",mode_off:"Off",mode_normal:"Normal",mode_boost:"Boost",sun:"Sun",battery:"Battery",grid:"Grid",house:"House",export:"Export",charges:"charging",discharges:"giving",free:"free",over:"too much",of_fuse:"of {0}",may_have:"may have {0}",phase_count:"{0} phases",one_phase:"1 phase",mode:"Mode",boost:"Boost",at_most:"At most",session:"this session",confirmed:"Done",pending:"Sent …",late:"Not shown by the device yet",show_more:"Show more",show_less:"Show less",no_loads:"No loads yet. Name them in CONFIG, and they appear here.",not_running:"sensor.fusebox_site is not there. Look at the log of pyscript, or call pyscript.fusebox_setup.",today:"Today",total:"Total",no_history:"Nothing is recorded yet",target:"target",fuse:"fuse",price:"price",now:"now",window:"These {0} minutes",window_left:"{0} min left",month_peak:"Month's peak",radiators:"Radiators",rad_on:"on",rad_waits:"waits",rad_warm:"warm enough",event_limited:"held back",event_shed:"stopped",event_blind:"blind",event_recovered:"recovered",event_escalated:"needs a look",plan_waiting:"planned",plan_running:"plan is running",plan_done:"plan is done",plan_late:"plan is late",edit_title:"Title",edit_hours:"Hours of the past",edit_hide_today:"Without the picture of today",edit_controls:"Controls of loads",controls_auto:"open where there are few loads",controls_always:"always open",controls_tap:"open when tapped"};var Xt={name:"Fusebox",description:"Fases, cargas y el día, de un vistazo",state_ok:"Todo va bien",state_limited:"Hay cargas limitadas",state_over:"Demasiado en un circuito",state_blind:"El contador no responde",state_fault:"Una carga tiene un fallo",state_config_error:"CONFIG tiene un error",state_dry_run:"Prueba: no se manda nada",state_missing:"Fusebox no funciona",status_charging:"cargando",status_waiting:"esperando",status_paused:"en pausa",status_full:"llena",status_unplugged:"desenchufada",status_on:"encendida",status_off:"apagada",status_blind:"sin medida",status_fault:"fallo",status_switching:"cambia de fases",mode_standard:"Estándar",mode_continuous:"Siempre",mode_solar_priority:"Sol primero",mode_solar_only:"Solo sol",mode_excess:"Excedente",mode_off:"Apagado",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batería",grid:"Red",house:"Casa",export:"Vertido",charges:"carga",discharges:"entrega",free:"libre",over:"de más",of_fuse:"de {0}",may_have:"puede tener {0}",phase_count:"{0} fases",one_phase:"1 fase",mode:"Modo",boost:"Boost",at_most:"Como máximo",session:"esta sesión",confirmed:"Hecho",pending:"Enviado …",late:"El aparato aún no lo muestra",show_more:"Mostrar más",show_less:"Mostrar menos",no_loads:"Aún no hay cargas. Nombradas en CONFIG, aparecen aquí.",not_running:"No existe sensor.fusebox_site. Mire el registro de pyscript o llame a pyscript.fusebox_setup.",today:"Hoy",total:"Total",no_history:"Aún no hay nada grabado",target:"objetivo",fuse:"fusible",price:"precio",now:"ahora",window:"Estos {0} minutos",window_left:"quedan {0} min",month_peak:"Pico del mes",radiators:"Radiadores",rad_on:"encendido",rad_waits:"espera",rad_warm:"caliente",event_limited:"limitado",event_shed:"parado",event_blind:"sin medida",event_recovered:"resuelto",event_escalated:"revisar",plan_waiting:"previsto",plan_running:"plan en marcha",plan_done:"plan cumplido",plan_late:"plan con retraso",edit_title:"Título",edit_hours:"Horas del pasado",edit_hide_today:"Sin la imagen del día",edit_controls:"Mandos de las cargas",controls_auto:"abiertos si hay pocas cargas",controls_always:"siempre abiertos",controls_tap:"abiertos al tocar"};var Zt={name:"Fusebox",description:"Phases, charges et journée, d’un coup d’œil",state_ok:"Tout va bien",state_limited:"Des charges sont limitées",state_over:"Trop sur un circuit",state_blind:"Le compteur est muet",state_fault:"Une charge est en défaut",state_config_error:"CONFIG contient une erreur",state_dry_run:"À blanc : rien n’est commandé",state_missing:"Fusebox ne tourne pas",status_charging:"charge",status_waiting:"attend",status_paused:"en pause",status_full:"pleine",status_unplugged:"débranchée",status_on:"en marche",status_off:"arrêtée",status_blind:"sans mesure",status_fault:"en défaut",status_switching:"change de phases",mode_standard:"Standard",mode_continuous:"Toujours",mode_solar_priority:"Soleil d’abord",mode_solar_only:"Soleil seul",mode_excess:"Excédent",mode_off:"Arrêt",mode_normal:"Normal",mode_boost:"Boost",sun:"Soleil",battery:"Batterie",grid:"Réseau",house:"Maison",export:"Injection",charges:"charge",discharges:"fournit",free:"libre",over:"trop",of_fuse:"sur {0}",may_have:"a droit à {0}",phase_count:"{0} phases",one_phase:"1 phase",mode:"Mode",boost:"Boost",at_most:"Au plus",session:"cette session",confirmed:"C’est fait",pending:"Envoyé …",late:"L’appareil ne le montre pas encore",show_more:"Plus",show_less:"Moins",no_loads:"Pas encore de charges. Nommées dans CONFIG, elles apparaissent ici.",not_running:"sensor.fusebox_site n’existe pas. Voir le journal de pyscript, ou appeler pyscript.fusebox_setup.",today:"Aujourd’hui",total:"Total",no_history:"Rien n’est encore enregistré",target:"objectif",fuse:"fusible",price:"prix",now:"maintenant",window:"Ces {0} minutes",window_left:"encore {0} min",month_peak:"Pointe du mois",radiators:"Radiateurs",rad_on:"allumé",rad_waits:"attend",rad_warm:"assez chaud",event_limited:"limité",event_shed:"arrêté",event_blind:"sans mesure",event_recovered:"rétabli",event_escalated:"à voir",plan_waiting:"prévu",plan_running:"plan en cours",plan_done:"plan accompli",plan_late:"plan en retard",edit_title:"Titre",edit_hours:"Heures passées",edit_hide_today:"Sans l’image de la journée",edit_controls:"Commandes des charges",controls_auto:"ouvertes s’il y a peu de charges",controls_always:"toujours ouvertes",controls_tap:"ouvertes au toucher"};var ve={name:"Fusebox",description:"Faser, laster og i dag, med ett blikk",state_ok:"Alt er vel",state_limited:"Laster holdes tilbake",state_over:"For mye på en ledning",state_blind:"Måleren er taus",state_fault:"En last har en feil",state_config_error:"CONFIG har en feil",state_dry_run:"Prøvekjøring: ingenting styres",state_missing:"Fusebox kjører ikke",status_charging:"lader",status_waiting:"venter",status_paused:"på pause",status_full:"full",status_unplugged:"ikke tilkoblet",status_on:"på",status_off:"av",status_blind:"blind",status_fault:"feil",status_switching:"bytter faser",mode_standard:"Standard",mode_continuous:"Alltid",mode_solar_priority:"Sol først",mode_solar_only:"Bare sol",mode_excess:"Overskudd",mode_off:"Av",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",grid:"Nett",house:"Hus",export:"Eksport",charges:"lader",discharges:"gir",free:"ledig",over:"for mye",of_fuse:"av {0}",may_have:"kan få {0}",phase_count:"{0} faser",one_phase:"1 fase",mode:"Modus",boost:"Boost",at_most:"Høyst",session:"denne ladingen",confirmed:"Utført",pending:"Sendt …",late:"Enheten viser det ikke ennå",show_more:"Vis mer",show_less:"Vis mindre",no_loads:"Ingen laster ennå. Nevn dem i CONFIG, så vises de her.",not_running:"sensor.fusebox_site finnes ikke. Se i loggen til pyscript, eller kall pyscript.fusebox_setup.",today:"I dag",total:"Totalt",no_history:"Ingenting er lagret ennå",target:"mål",fuse:"sikring",price:"pris",now:"nå",window:"Disse {0} minuttene",window_left:"{0} min igjen",month_peak:"Månedens topp",radiators:"Radiatorer",rad_on:"på",rad_waits:"venter",rad_warm:"varm nok",event_limited:"holdt tilbake",event_shed:"stoppet",event_blind:"blind",event_recovered:"over",event_escalated:"se etter",plan_waiting:"planlagt",plan_running:"planen kjører",plan_done:"planen er oppfylt",plan_late:"planen er forsinket",edit_title:"Tittel",edit_hours:"Timer tilbake",edit_hide_today:"Uten bildet av i dag",edit_controls:"Styring av laster",controls_auto:"åpen ved få laster",controls_always:"alltid åpen",controls_tap:"åpen ved trykk"};var Jt={name:"Fusebox",description:"Fasen, verbruikers en vandaag, in één oogopslag",state_ok:"Alles is goed",state_limited:"Verbruikers worden beperkt",state_over:"Te veel op een leiding",state_blind:"De meter zwijgt",state_fault:"Een verbruiker heeft een storing",state_config_error:"CONFIG bevat een fout",state_dry_run:"Proefdraaien: niets wordt aangestuurd",state_missing:"Fusebox draait niet",status_charging:"laadt",status_waiting:"wacht",status_paused:"gepauzeerd",status_full:"vol",status_unplugged:"niet verbonden",status_on:"aan",status_off:"uit",status_blind:"blind",status_fault:"storing",status_switching:"wisselt van fasen",mode_standard:"Standaard",mode_continuous:"Altijd",mode_solar_priority:"Zon eerst",mode_solar_only:"Alleen zon",mode_excess:"Overschot",mode_off:"Uit",mode_normal:"Normaal",mode_boost:"Boost",sun:"Zon",battery:"Batterij",grid:"Net",house:"Huis",export:"Teruglevering",charges:"laadt",discharges:"levert",free:"vrij",over:"te veel",of_fuse:"van {0}",may_have:"mag {0}",phase_count:"{0} fasen",one_phase:"1 fase",mode:"Modus",boost:"Boost",at_most:"Hoogstens",session:"deze sessie",confirmed:"Gedaan",pending:"Verzonden …",late:"Het apparaat toont het nog niet",show_more:"Meer tonen",show_less:"Minder tonen",no_loads:"Nog geen verbruikers. Noem ze in CONFIG, dan verschijnen ze hier.",not_running:"sensor.fusebox_site is er niet. Kijk in het logboek van pyscript, of roep pyscript.fusebox_setup aan.",today:"Vandaag",total:"Totaal",no_history:"Er is nog niets opgenomen",target:"doel",fuse:"zekering",price:"prijs",now:"nu",window:"Deze {0} minuten",window_left:"nog {0} min",month_peak:"Maandpiek",radiators:"Radiatoren",rad_on:"aan",rad_waits:"wacht",rad_warm:"warm genoeg",event_limited:"beperkt",event_shed:"gestopt",event_blind:"blind",event_recovered:"hersteld",event_escalated:"nakijken",plan_waiting:"gepland",plan_running:"plan loopt",plan_done:"plan voltooid",plan_late:"plan te laat",edit_title:"Titel",edit_hours:"Uren terug",edit_hide_today:"Zonder het beeld van vandaag",edit_controls:"Bediening van verbruikers",controls_auto:"open bij weinig verbruikers",controls_always:"altijd open",controls_tap:"open na aantikken"};var Qt={name:"Fusebox",description:"Faser, laster och i dag, med en blick",state_ok:"Allt är väl",state_limited:"Laster hålls tillbaka",state_over:"För mycket på en ledning",state_blind:"Mätaren är tyst",state_fault:"En last har ett fel",state_config_error:"CONFIG har ett fel",state_dry_run:"Provkörning: ingenting styrs",state_missing:"Fusebox körs inte",status_charging:"laddar",status_waiting:"väntar",status_paused:"pausad",status_full:"full",status_unplugged:"ej ansluten",status_on:"på",status_off:"av",status_blind:"blind",status_fault:"fel",status_switching:"byter faser",mode_standard:"Standard",mode_continuous:"Alltid",mode_solar_priority:"Sol först",mode_solar_only:"Bara sol",mode_excess:"Överskott",mode_off:"Av",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",grid:"Nät",house:"Hus",export:"Export",charges:"laddar",discharges:"ger",free:"ledigt",over:"för mycket",of_fuse:"av {0}",may_have:"får ta {0}",phase_count:"{0} faser",one_phase:"1 fas",mode:"Läge",boost:"Boost",at_most:"Högst",session:"denna laddning",confirmed:"Klart",pending:"Skickat …",late:"Enheten visar det inte än",show_more:"Visa mer",show_less:"Visa mindre",no_loads:"Inga laster än. Nämn dem i CONFIG, så syns de här.",not_running:"sensor.fusebox_site finns inte. Se pyscripts logg, eller anropa pyscript.fusebox_setup.",today:"I dag",total:"Totalt",no_history:"Ingenting är inspelat än",target:"mål",fuse:"säkring",price:"pris",now:"nu",window:"Dessa {0} minuter",window_left:"{0} min kvar",month_peak:"Månadens topp",radiators:"Element",rad_on:"på",rad_waits:"väntar",rad_warm:"varmt nog",event_limited:"hålls tillbaka",event_shed:"stoppad",event_blind:"blind",event_recovered:"över",event_escalated:"titta",plan_waiting:"planerad",plan_running:"planen körs",plan_done:"planen är klar",plan_late:"planen är försenad",edit_title:"Titel",edit_hours:"Timmar bakåt",edit_hide_today:"Utan bilden av i dag",edit_controls:"Lasternas reglage",controls_auto:"öppna vid få laster",controls_always:"alltid öppna",controls_tap:"öppna vid tryck"};var en={da:qt,de:Yt,en:_e,es:Xt,fr:Zt,nb:ve,nl:Jt,no:ve,nn:ve,sv:Qt},tn=new Map;function ne(s){let e=tn.get(s)??os(s);return tn.set(s,e),e}function os(s){let e=en[s]??en[s.split("-")[0]??""]??_e;return(t,...n)=>e[t].replace(/\{(\d)\}/g,(r,o)=>String(n[Number(o)]??""))}function M(s,e,t){let n=`${e}_${t}`;return n in _e?s(n):t.replaceAll("_"," ")}function nn(s){let e=ne(s),t=["auto","always","tap"].map(n=>({value:n,label:e(`controls_${n}`)}));return{schema:[{name:"title",selector:{text:{}}},{name:"controls",selector:{select:{mode:"dropdown",options:t}}},{name:"hours",selector:{number:{min:1,max:48,mode:"box"}}},{name:"hide_today",selector:{boolean:{}}}],computeLabel:n=>e(`edit_${n.name}`)}}function v(s,e){customElements.get(s)===void 0&&customElements.define(s,e)}var w=f`
  :host {
    display: block;
    --fb-house: #858b96;
    --fb-text: var(--primary-text-color, #212121);
    --fb-dim: var(--secondary-text-color, #727272);
    --fb-line: var(--divider-color, #e0e0e0);
    --fb-card: var(--ha-card-background, var(--card-background-color, #fff));
    --fb-track: color-mix(in srgb, var(--fb-text) 8%, transparent);
    --fb-accent: var(--primary-color, #03a9f4);
    --fb-bad: var(--error-color, #db4437);
    --fb-warn: var(--warning-color, #ffa600);
    --fb-good: var(--success-color, #43a047);
    color: var(--fb-text);
    font-size: 14px;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
  }
  h3 {
    margin: 0;
    font-size: 15px;
    font-weight: 500;
  }
  p {
    margin: 0;
  }
  .dim {
    color: var(--fb-dim);
  }
  .number {
    text-align: right;
    white-space: nowrap;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: none;
    padding: 0;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--fb-accent);
    outline-offset: 2px;
  }
  .choices {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(min-content, 1fr);
    gap: 1px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    overflow: hidden;
    background: var(--fb-line);
  }
  .choices.many {
    grid-auto-flow: row;
    grid-template-columns: repeat(3, minmax(min-content, 1fr));
  }
  .choices button {
    min-width: 0;
    min-height: 40px;
    padding: 2px 3px;
    font-size: 12.5px;
    line-height: 1.15;
    hyphens: auto;
    background: var(--fb-card);
    color: var(--fb-dim);
    outline-offset: -3px;
    transition: background-color 0.2s;
  }
  .choices button[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    color: var(--fb-text);
    font-weight: 600;
  }
  [data-pending] {
    animation: wait 1s ease-in-out infinite alternate;
  }
  @keyframes wait {
    to {
      background-color: color-mix(in srgb, var(--fb-accent) 6%, transparent);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;var sn=new Map;function _(s,e,t){if(s===null)return"–";let n=`${t} ${e}`,r=sn.get(n);r===void 0&&(r=new Intl.NumberFormat(t,{minimumFractionDigits:e,maximumFractionDigits:e}),sn.set(n,r));let o=Math.round(s*10**e)/10**e;return r.format(o===0?0:o)}function $(s,e){return`${_(s===null?null:s/1e3,1,e)} kW`}function C(s,e){return`${_(s,1,e)} A`}var rn=new Map;function se(s,e,t){let n=`${e} ${t??""}`,r=rn.get(n);return r===void 0&&(r=new Intl.DateTimeFormat(e,{hour:"2-digit",minute:"2-digit",hourCycle:"h23",...t===void 0?{}:{timeZone:t}}),rn.set(n,r)),r.format(s)}var De=class extends y{static{this.properties={site:{attribute:!1},flow:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[w,f`
      .bar {
        display: flex;
        gap: 2px;
        height: 12px;
        margin-bottom: 3px;
        border-radius: 6px;
        overflow: hidden;
        background: var(--fb-track);
      }
      .bar span {
        min-width: 0;
        flex: var(--w) 1 0;
        background: var(--c);
        transition: flex-grow 0.6s;
      }
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(64px, 1fr));
        gap: 6px;
        margin: 8px 0 0;
      }
      dt {
        display: flex;
        align-items: center;
        gap: 5px;
        font-size: 12.5px;
        --mdc-icon-size: 16px;
      }
      dd {
        margin: 0;
        font-size: 16px;
        font-weight: 500;
        white-space: nowrap;
      }
    `]}render(){let e=this.facts(),t=e.map(n=>`${n.label} ${n.level??""} ${n.value}`).join(", ");return d`
      <div role="img" aria-label=${t}>
        ${this.bar(this.flow?.from??[])} ${this.bar(this.flow?.to??[])}
      </div>
      <dl>
        ${e.map(n=>d`<div>
            <dt class="dim" title=${n.label}><ha-icon icon=${n.icon}></ha-icon>${n.level??n.label}</dt>
            <dd>${n.value}</dd>
          </div>`)}
      </dl>
    `}bar(e){let t=n=>n.title||this.say(n.key);return d`<div class="bar">
      ${e.map(n=>d`<span
          style="--c: ${n.colour}; --w: ${Math.round(n.watts)}"
          title="${t(n)} ${$(n.watts,this.language)}"
        ></span>`)}
    </div>`}facts(){let{site:e,flow:t,say:n,language:r}=this,o=[];if(e.solarW!==null&&o.push({icon:"mdi:white-balance-sunny",label:n("sun"),value:$(Math.max(e.solarW,0),r)}),e.batteryPct!==null||e.batteryW!==null){let u=e.batteryPct===null?n("battery"):`${_(e.batteryPct,0,r)} %`,m=e.batteryW===null?null:Math.abs(e.batteryW),p=(e.batteryW??0)>0?"mdi:battery-charging-medium":"mdi:battery-medium";o.push({icon:p,label:n("battery"),value:$(m,r),level:u})}o.push({icon:"mdi:home",label:n("house"),value:$(t?.houseW??null,r)});let a=t===null?null:as(t),i=(a??0)<0,l=a===null?null:Math.abs(a);return o.push({icon:"mdi:transmission-tower",label:n(i?"export":"grid"),value:$(l,r)}),o}};function as(s){return(s.from.find(t=>t.key==="grid")?.watts??0)-(s.to.find(t=>t.key==="export")?.watts??0)}v("fusebox-card-flow",De);var is={ok:["mdi:check-circle","good"],limited:["mdi:arrow-collapse-vertical","warn"],dry_run:["mdi:eye-outline","calm"],over:["mdi:flash-alert","bad"],blind:["mdi:eye-off","bad"],fault:["mdi:alert-circle","bad"]},Ke=class extends y{static{this.properties={site:{attribute:!1},say:{attribute:!1},heading:{},open:{state:!0}}}static{this.styles=[w,f`
      button {
        display: grid;
        grid-template-columns: 28px 1fr 20px;
        gap: 4px 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .state {
        font-size: 18px;
        font-weight: 500;
        line-height: 1.25;
      }
      .title {
        font-size: 12.5px;
      }
      .reason {
        grid-column: 1 / -1;
        min-height: 1.4em;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .open .reason {
        white-space: normal;
      }
      .good {
        color: var(--fb-good);
      }
      .warn {
        color: var(--fb-warn);
      }
      .bad {
        color: var(--fb-bad);
      }
      .calm {
        color: var(--fb-accent);
      }
      ul {
        margin: 6px 0 0;
        padding-inline-start: 18px;
      }
    `]}render(){let{site:e,say:t,open:n}=this,[r,o]=is[e.state]??["mdi:alert-circle","bad"],a=e.state==="missing"?t("not_running"):e.reason;return d`
      <button
        class=${n?"open":""}
        aria-expanded=${n?"true":"false"}
        @click=${()=>{this.open=!this.open}}
      >
        <ha-icon class=${o} icon=${r}></ha-icon>
        <span>
          ${this.heading?d`<span class="title dim">${this.heading}</span><br />`:c}
          <span class="state">${M(t,"state",e.state)}</span>
        </span>
        <ha-icon class="dim" icon=${n?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
        <span class="reason dim">${a}</span>
      </button>
      ${e.more.length>0&&(n||e.state==="config_error")?d`<ul>
            ${e.more.map(i=>d`<li>${i}</li>`)}
          </ul>`:c}
    `}};v("fusebox-card-head",Ke);var ls={sent:"mdi:timer-sand",taken:"mdi:timer-sand",confirmed:"mdi:check",refused:"mdi:cancel",late:"mdi:timer-alert-outline"},ds=f`
  .said {
    min-height: 1.4em;
    font-size: 13px;
    --mdc-icon-size: 18px;
  }
  .said [role="status"] {
    display: flex;
    gap: 6px;
  }
`;function us(s,e,t,n){let r=ps(s,e);return d`<div class="said">
    ${r===null?d`<span class="dim">${ms(s,t,n)}</span>`:c}
    <span role="status">
      ${r===null?c:d`<ha-icon icon=${ls[r.stage]}></ha-icon><span>${cs(r,t)}</span>`}
    </span>
  </div>`}function ps(s,e){return["mode","boost","max"].flatMap(n=>e.get(x(s,n))??[]).sort((n,r)=>r.sinceMs-n.sinceMs)[0]??null}function cs({stage:s,sentence:e},t){return s==="refused"?e:t(s==="confirmed"?"confirmed":s==="late"?"late":"pending")}function ms(s,e,t){if(s.sessionKwh===null)return"";let n=s.sessionSolarPct===null?"":` · ${_(s.sessionSolarPct,0,t)} % ${e("sun")}`;return`${_(s.sessionKwh,1,t)} kWh ${e("session")}${n}`}var we={styles:ds,render:us};var hs=5,fs=f`
  .controls {
    display: grid;
    gap: 6px;
    padding: 6px 0 0 46px;
  }
  .line {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
    align-items: center;
  }
  .boost {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 40px;
    padding: 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    --mdc-icon-size: 18px;
  }
  .boost[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, transparent);
    color: var(--fb-text);
    font-weight: 600;
  }
  .slider {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 40px;
    gap: 8px;
    align-items: center;
    font-size: 13px;
  }
  input {
    appearance: none;
    width: 100%;
    height: 40px;
    margin: 0;
    background: linear-gradient(90deg, var(--fb-accent) var(--part), var(--fb-track) var(--part)) center / 100% 6px no-repeat;
    cursor: pointer;
  }
  input::-webkit-slider-thumb {
    appearance: none;
    width: 22px;
    height: 22px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
  input::-moz-range-thumb {
    width: 20px;
    height: 20px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
  @container (max-width: 420px) {
    .controls {
      padding-inline-start: 0;
    }
  }
`;function gs(s){let{load:e,say:t}=s,n=e.boosted!==null;return d`<div class="controls">
    ${e.modes.length>1?ys(s,n):c}
    ${n||e.currentA!==null?d`<div class="line">
          ${n?bs(s):d`<span></span>`} ${e.currentA===null?c:_s(s,e.currentA)}
        </div>`:c}
    ${e.plan===null?c:d`<p class="dim">${M(t,"plan",e.plan.state)}${e.plan.reason?`: ${e.plan.reason}`:""}</p>`}
    ${we.render(e,s.asks,t,s.language)}
  </div>`}function ys(s,e){let{load:t,say:n,asks:r}=s,o=D(r,x(t,"mode"),t.mode),a=t.modes.filter(i=>!(e&&i==="boost"));return d`<div class="choices ${a.length>hs?"many":""}" role="group" aria-label=${n("mode")}>
    ${a.map(i=>d`<button
        aria-pressed=${i===o?"true":"false"}
        ?data-pending=${i===o&&Ge(r,x(t,"mode"))}
        @click=${()=>Ve(s,"mode",i)}
      >
        ${M(n,"mode",i)}
      </button>`)}
  </div>`}function bs(s){let{load:e,say:t,asks:n}=s,r=D(n,x(e,"boost"),e.boosted===!0);return d`<button
    class="boost"
    aria-pressed=${r?"true":"false"}
    ?data-pending=${Ge(n,x(e,"boost"))}
    @click=${()=>Ve(s,"boost",!r)}
  >
    <ha-icon icon=${r?"mdi:flash":"mdi:flash-outline"}></ha-icon>${t("boost")}
  </button>`}function _s(s,e){let{load:t,say:n,asks:r,language:o}=s,a=D(r,x(t,"max"),e.max),i=m=>`${_(m,m%1===0?0:1,o)} A`,l=m=>{let p=m.target,b=p.nextElementSibling;p.style.setProperty("--part",on(e,Number(p.value))),b!==null&&(b.textContent=i(Number(p.value)))},u=m=>Ve(s,"max",Number(m.target.value));return d`<label class="slider">
    <span class="dim">${n("at_most")}</span>
    <input
      type="range"
      min=${e.min}
      max=${e.top}
      step="1"
      .value=${String(a)}
      style="--part: ${on(e,a)}"
      aria-valuetext=${i(a)}
      ?data-pending=${Ge(r,x(t,"max"))}
      @input=${l}
      @change=${u}
    />
    <output class="number">${i(a)}</output>
  </label>`}function on(s,e){return`${(100*(e-s.min)/(s.top-s.min||1)).toFixed(1)}%`}function Ge(s,e){let t=s.get(e)?.stage;return t==="sent"||t==="taken"}function Ve(s,e,t){let n={load:s.load,control:e,value:t};s.dispatchEvent(new CustomEvent("fusebox-wanted",{detail:n,bubbles:!0,composed:!0}))}var qe={styles:fs,render:gs};var Ye=class extends y{constructor(){super(...arguments);this.toggle=()=>{this.open=!this.open}}static{this.properties={load:{attribute:!1},asks:{attribute:!1},say:{attribute:!1},language:{},pinned:{type:Boolean},open:{state:!0}}}static{this.styles=[w,f`
      .head {
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr) auto 20px;
        column-gap: 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .icon {
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        background: var(--c);
        color: #fff;
        --mdc-icon-size: 20px;
      }
      .resting .icon {
        background: none;
        color: var(--c);
        box-shadow: inset 0 0 0 2px var(--c);
      }
      .title {
        font-weight: 500;
        font-size: 15px;
      }
      .title,
      .state,
      .reason {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .state {
        font-size: 13px;
      }
      .number b {
        display: block;
        font-size: 16px;
        font-weight: 500;
      }
      .number small {
        font-size: 12px;
        color: var(--fb-dim);
      }
      .reason {
        padding-inline-start: 46px;
        font-size: 13px;
        min-height: 1.4em;
      }
      .open .reason {
        white-space: normal;
      }
      .bad {
        color: var(--fb-bad);
        --mdc-icon-size: 15px;
      }
    `,we.styles,qe.styles]}render(){let{load:t,say:n}=this,r=!["charging","on","switching"].includes(t.status),o=t.status==="fault"||t.status==="blind",a=D(this.asks,x(t,"mode"),t.mode);return d`<section class="${r?"resting":""} ${this.open?"open":""}" style="--c: ${t.colour}">
      <button class="head" aria-expanded=${this.open?"true":"false"} @click=${this.toggle}>
        <span class="icon"><ha-icon icon=${t.icon}></ha-icon></span>
        <span style="min-width: 0">
          <span class="title">${t.title}</span>
          <span class="state dim">
            ${o?d`<ha-icon class="bad" icon="mdi:alert"></ha-icon>`:c}
            ${M(n,"status",t.status)} · ${M(n,"mode",a)}
          </span>
        </span>
        <span class="number">
          <b>${$(t.drawW,this.language)}</b>
          <small>${this.share()}</small>
        </span>
        <ha-icon class="dim" icon=${this.open?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
      </button>
      <p class="reason dim">${t.reason}</p>
      ${this.open||this.pinned?qe.render(this):c}
    </section>`}share(){let{load:t,say:n,language:r}=this;if(t.unit==="W")return n("may_have",$(t.share,r));let o=t.phases.length>1&&t.share!==0?` × ${t.phases.length}`:"";return n("may_have",`${_(t.share,1,r)} A${o}`)}};v("fusebox-card-load",Ye);var Xe=class extends y{static{this.properties={group:{attribute:!1},say:{attribute:!1}}}static{this.styles=[w,f`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 14px;
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: 13px;
      }
      i {
        position: relative;
        box-sizing: border-box;
        width: 14px;
        height: 14px;
        border-radius: 50%;
        border: 2px solid var(--fb-dim);
      }
      .on i {
        background: var(--state-climate-heat-color, #ff8100);
        border-color: var(--state-climate-heat-color, #ff8100);
      }
      .waits i {
        border-color: var(--state-climate-heat-color, #ff8100);
        background: linear-gradient(90deg, var(--state-climate-heat-color, #ff8100) 50%, transparent 50%);
      }
      .line {
        display: flex;
        justify-content: space-between;
      }
      ha-icon {
        --mdc-icon-size: 14px;
      }
      small {
        font-size: 12px;
      }
    `]}render(){let{group:e,say:t}=this,n=e.dots.filter(r=>r.is==="on").length;return d`
      <div class="line">
        <h3>${e.title?`${t("radiators")}: ${e.title}`:t("radiators")}</h3>
        <span class="dim">${n}${e.allowed===null?"":` ${t("of_fuse",e.allowed)}`}</span>
      </div>
      <ul>
        ${e.dots.map(r=>this.dot(r))}
      </ul>
    `}dot(e){let t=this.say(`rad_${e.is}`);return d`<li class=${e.is}>
      <i></i><span>${e.name} <small class="dim">${t}</small></span>
      ${e.boosted?d`<ha-icon icon="mdi:flash" title=${this.say("boost")}></ha-icon>`:c}
    </li>`}};v("fusebox-card-radiators",Xe);var Ze=class extends y{static{this.properties={tariff:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[w,f`
      .line {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        align-items: baseline;
      }
      .bar {
        position: relative;
        height: 12px;
        margin: 6px 0;
        border-radius: 6px;
        background: var(--fb-track);
      }
      .bar span {
        position: absolute;
        inset-block: 0;
        left: 0;
        border-radius: 6px;
        background: var(--energy-grid-consumption-color, #488fc2);
        transition: width 0.6s;
      }
      .bar .above {
        background: var(--fb-bad);
      }
      .bar i {
        position: absolute;
        inset-block: -3px;
        width: 3px;
        margin-inline-start: -1.5px;
        border-radius: 2px;
        background: var(--fb-text);
      }
      .bar .month {
        width: 2px;
        background: var(--fb-dim);
      }
      b {
        font-weight: 500;
        font-size: 16px;
      }
      small {
        font-size: 12.5px;
      }
    `]}render(){let{tariff:e,say:t}=this,{projectedKw:n,targetKw:r,monthKw:o}=e,a=Math.max(n??0,(r??0)*1.25,(o??0)*1.1,1),i=n!==null&&r!==null&&n>r,l=u=>`${Math.min(100,100*Math.max(u??0,0)/a).toFixed(1)}%`;return d`
      <div class="line">
        <h3>${t("window",e.windowMin)}</h3>
        <span><b>${this.kw(n)}</b> <small class="dim">${t("of_fuse",this.kw(r))}</small></span>
      </div>
      <div class="bar" role="img" aria-label="${this.kw(n)} ${t("of_fuse",this.kw(r))}">
        <span class=${i?"above":""} style="width: ${l(n)}"></span>
        ${o===null||o<=0?c:d`<i class="month" style="left: ${l(o)}"></i>`}
        ${r===null?c:d`<i style="left: ${l(r)}"></i>`}
      </div>
      <div class="line dim">
        <small>${t("window_left",Math.ceil(e.leftS/60))}</small>
        <small>${t("month_peak")} ${this.kw(o)}</small>
      </div>
    `}kw(e){return`${_(e,1,this.language)} kW`}};v("fusebox-card-tariff",Ze);var k="total";function an(s,e){let t=vs(s),n=s.map(a=>e===k?ws(a):xs(a,e)),r=t.map(a=>({...a,spans:n.map(i=>i===null?null:i.spans.get(a.key)??null)})),o=[{key:"grid",colour:"var(--primary-text-color)",values:n.map(a=>a?.grid??null)}];return n.some(a=>a?.sun!=null)&&o.push({key:"sun",colour:pe,values:n.map(a=>a?.sun??null)}),{times:s.map(a=>a.atMs),layers:r.filter(a=>a.spans.some(i=>i!==null&&i[1]-i[0]>0)),lines:o}}function vs(s){let e=new Map(s.flatMap(t=>t.loads).map(t=>[t.entity,t]));return[{key:"house",colour:K,title:""},...[...e.values()].map(({entity:t,colour:n,title:r})=>({key:t,colour:n,title:r})),{key:"battery",colour:ce,title:""}]}function ws(s){let e=ge(s.site,s.loads),t=fe(s.site);if(e===null||t===null)return null;let n=new Map,r=0;for(let o of e.to)n.set(o.key,[r,r+o.watts]),r+=o.watts;return{spans:ln(n,s,r),grid:t,sun:s.site.solarW}}function xs(s,e){let t=s.site.gridA[e]??null;if(t===null)return null;let n=Ue(t,Be(e,s.loads),he(s.site)),r=new Map(n.map(o=>[o.key,[o.fromA,o.toA]]));return{spans:ln(r,s,n.at(-1)?.toA??0),grid:t,sun:null}}function ln(s,e,t){let n=new Map,r=s.values().next().value?.[0]??Math.min(t,0);for(let o of["house",...e.loads.map(a=>a.entity),"battery"]){let a=s.get(o)??[r,r];n.set(o,a),r=a[1]}return n}function dn(s,e){let t=[...s.layers.flatMap(p=>p.spans.flatMap(b=>b===null?[]:[...b])),...s.lines.flatMap(p=>p.values.filter(b=>b!==null))],n=Math.max(0,...t),r=e.filter(p=>p<=Math.max(n,1)*3),o=Math.max(n,...r.map(p=>p*1.05))||1,a=Math.min(0,...t),i=$s((o-a)/4),l=Math.floor(a/i+1e-9),u=Math.ceil(o/i-1e-9),m=Array.from({length:u-l+1},(p,b)=>(l+b)*i);return{low:l*i,high:u*i,ticks:m}}function $s(s){let e=10**Math.floor(Math.log10(s)),t=s/e;return e*(t<=1?1:t<=2?2:t<=5?5:10)}var z=1e3,xe=300;function A(s,e){return z*(e-s.fromMs)/(s.toMs-s.fromMs)}function re(s,e){let{low:t,high:n}=s.scale;return xe*(1-(e-t)/(n-t))}function un(s,e,t){return T`
    ${e.scale.ticks.map(n=>T`<line class="tick" x1="0" x2=${z} y1=${re(e,n)} y2=${re(e,n)} />`)}
    ${s.layers.map(n=>T`<path class="layer" fill=${n.colour} d=${ks(s,n,e)} />`)}
    ${t.map(n=>T`<line class="limit" x1="0" x2=${z} y1=${re(e,n)} y2=${re(e,n)} />`)}
    ${s.lines.map(n=>T`<path class=${n.key} stroke=${n.colour} d=${As(s,n.values,e)} />`)}
  `}function ks(s,e,t){return pn(e.spans).map(n=>{let r=n.map(a=>Je(s,t,a,e.spans[a]?.[1]??0)),o=n.map(a=>Je(s,t,a,e.spans[a]?.[0]??0)).reverse();return`M${[...r,...o].join("L")}Z`}).join("")}function As(s,e,t){return pn(e).map(n=>`M${n.map(r=>Je(s,t,r,e[r]??0)).join("L")}`).join("")}function Je(s,e,t,n){return`${A(e,s.times[t]??0).toFixed(1)} ${re(e,n).toFixed(1)}`}function pn(s){let e=[];return s.forEach((t,n)=>{t!==null&&(n>0&&s[n-1]!==null?e.at(-1)?.push(n):e.push([n]))}),e}function cn(s,e){let t=s.loads.filter(n=>(n.plan?.slots.length??0)>0);return d`
    ${t.map(n=>d`<div class="lane" role="img" aria-label=${`${n.title} ${n.plan?.reason??""}`}>
        ${(n.plan?.slots??[]).map(r=>d`<span title=${n.title} style="--c: ${n.colour}; ${mn(r,e)}"></span>`)}
      </div>`)}
    ${Ss(s,e)}
  `}function Ss({prices:s,say:e,language:t},n){let r=s.filter(u=>u.endMs>n.fromMs&&u.startMs<n.toMs);if(r.length===0)return c;let o=r.map(u=>u.price??0),a=Math.max(...o,.01),i=Math.min(...o,0),l=`${_(Math.min(...o),2,t)} – ${_(Math.max(...o),2,t)}`;return d`<div class="prices" role="img" aria-label="${e("price")} ${l}">
    <small class="dim">${e("price")}<br />${l}</small>
    ${r.map(u=>{let m=100*((u.price??0)-i)/(a-i);return d`<span title=${_(u.price,3,t)} style="height: ${m.toFixed(1)}%; ${mn(u,n)}"></span>`})}
  </div>`}function mn(s,e){let t=Math.max(A(e,s.startMs)/10,0),n=Math.min(A(e,s.endMs)/10,100);return`left: ${t.toFixed(2)}%; width: ${Math.max(n-t,0).toFixed(2)}%`}var hn=f`
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .choices {
    flex: 0 1 240px;
  }
  .choices button {
    min-height: 32px;
  }
  .readout {
    display: flex;
    flex-wrap: wrap;
    align-content: flex-start;
    gap: 0 12px;
    height: 2.8em;
    margin: 8px 0 6px;
    overflow: hidden;
    font-size: 13px;
  }
  .readout b {
    font-weight: 500;
  }
  .readout i {
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-inline-end: 4px;
    border-radius: 2px;
  }
  .picture {
    position: relative;
    height: 190px;
    touch-action: pan-y;
  }
  svg {
    display: block;
    width: 100%;
    height: 100%;
    overflow: visible;
  }
  svg * {
    vector-effect: non-scaling-stroke;
  }
  .layer {
    opacity: 0.85;
  }
  .tick {
    stroke: var(--fb-line);
    stroke-width: 1;
  }
  .limit {
    stroke: var(--fb-bad);
    stroke-width: 1.5;
    stroke-dasharray: 6 4;
  }
  .grid,
  .sun {
    fill: none;
    stroke-width: 1.8;
    stroke-linejoin: round;
  }
  .cursor {
    stroke: var(--fb-dim);
    stroke-width: 1;
  }
  .y,
  .limit-name {
    position: absolute;
    padding: 0 3px;
    border-radius: 3px;
    font-size: 11px;
    line-height: 14px;
    transform: translateY(-50%);
    color: var(--fb-text);
    background: color-mix(in srgb, var(--fb-card) 75%, transparent);
    pointer-events: none;
  }
  .y {
    inset-inline-start: 0;
  }
  .limit-name {
    inset-inline-end: 0;
    transform: translateY(-100%);
  }
  .mark {
    position: absolute;
    top: -2px;
    width: 0;
    margin-inline-start: -5px;
    border: 5px solid transparent;
    border-top-color: var(--fb-warn);
  }
  .mark.blind,
  .mark.escalated {
    border-top-color: var(--fb-bad);
  }
  .mark.recovered {
    border-top-color: var(--fb-good);
  }
  .times {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
    overflow: hidden;
  }
  .times span {
    position: absolute;
    transform: translateX(-50%);
  }
  .lane {
    position: relative;
    height: 10px;
    margin-top: 3px;
    background: var(--fb-track);
    border-radius: 3px;
  }
  .lane span {
    position: absolute;
    inset-block: 0;
    border-radius: 3px;
    background: var(--c);
  }
  .prices {
    position: relative;
    height: 44px;
    margin-top: 8px;
  }
  .prices span {
    position: absolute;
    bottom: 0;
    background: color-mix(in srgb, var(--fb-accent) 55%, transparent);
  }
  .prices small {
    font-size: 11.5px;
    line-height: 1.3;
  }
  .events {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    font-size: 13px;
  }
  .events li {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .events i {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--fb-warn);
  }
  .events .blind,
  .events .escalated {
    background: var(--fb-bad);
  }
  .events .recovered {
    background: var(--fb-good);
  }
`;var Qe=class extends y{static{this.properties={shown:{attribute:!1},say:{attribute:!1},language:{},zone:{},view:{state:!0},at:{state:!0}}}static{this.styles=[w,hn]}constructor(){super(),this.view=k,this.at=-1}render(){let{say:e,view:t}=this,n=[k,...this.shown.phases.length>1?this.shown.phases:[]],r=an(this.shown.looks,t),o=this.limits(),a=Math.max(this.shown.nowMs,...[...this.shown.prices,...this.plans()].map(m=>m.endMs)),i=36e5,l=Math.min(a,this.shown.nowMs+this.shown.hours*i),u={fromMs:this.shown.nowMs-this.shown.hours*i,toMs:l,scale:dn(r,o)};return d`
      <div class="top">
        <h3>${e("today")}</h3>
        ${n.length>1?d`<div class="choices">
              ${n.map(m=>d`<button aria-pressed=${m===t?"true":"false"} @click=${()=>this.turn(m)}>
                  ${m===k?e("total"):m}
                </button>`)}
            </div>`:c}
      </div>
      ${this.readout(r)} ${this.picture(r,u,o)} ${cn({...this.shown,say:e,language:this.language},u)} ${this.happenings()}
    `}turn(e){this.view=e,this.at=-1}plans(){return this.shown.loads.flatMap(e=>e.plan?.slots??[])}limits(){let e=this.view===k?this.shown.targetW:this.shown.fuseA;return e===null?[]:[e]}unit(e){return this.view===k?$(e,this.language):C(e,this.language)}readout(e){let t=this.at<0?e.times.length-1:Math.min(this.at,e.times.length-1),n=e.times[t];if(n===void 0)return d`<p class="readout dim">${this.say("no_history")}</p>`;let r=this.at<0?this.say("now"):se(n,this.language,this.zone),o=e.lines.find(i=>i.key==="grid")?.values[t]??null,a=e.layers.flatMap(i=>{let l=i.spans[t],u=l==null?0:l[1]-l[0];return u>0?[{layer:i,height:u}]:[]});return d`<p class="readout">
      <span>${r}</span><b>${this.say("grid")} ${this.unit(o)}</b>
      ${a.map(({layer:i,height:l})=>d`<span><i style="background: ${i.colour}"></i>${i.title||this.say(i.key==="house"?"house":"battery")} ${this.unit(l)}</span>`)}
    </p>`}picture(e,t,n){let r=this.at<0?this.shown.nowMs:e.times[this.at]??this.shown.nowMs,{low:o,high:a}=t.scale,i=l=>100*(1-(l-o)/(a-o));return d`
      <div
        class="picture"
        role="slider"
        tabindex="0"
        aria-label="${this.say("today")}, ${this.view===k?this.say("total"):this.view}"
        aria-valuemin="0"
        aria-valuemax=${Math.max(e.times.length-1,0)}
        aria-valuenow=${this.at<0?Math.max(e.times.length-1,0):this.at}
        aria-valuetext=${se(r,this.language,this.zone)}
        @pointermove=${l=>this.point(l,e,t)}
        @pointerdown=${l=>this.point(l,e,t)}
        @pointerleave=${()=>{this.at=-1}}
        @keydown=${l=>this.key(l,e)}
      >
        <svg viewBox="0 0 ${z} ${xe}" preserveAspectRatio="none" aria-hidden="true">
          ${un(e,t,n)}
          ${T`<line class="cursor" x1=${A(t,r)} x2=${A(t,r)} y1="0" y2=${xe} />`}
        </svg>
        ${t.scale.ticks.map(l=>d`<span class="y" style="top: ${i(l)}%">${this.tick(l)}${l===a?` ${this.view===k?"kW":"A"}`:""}</span>`)}
        ${n.map(l=>d`<span class="limit-name" style="top: ${i(l)}%"
            >${this.say(this.view===k?"target":"fuse")} ${this.unit(l)}</span
          >`)}
        ${this.shown.events.filter(l=>l.atMs>=t.fromMs).map(l=>d`<span class="mark ${l.kind}" style="left: ${A(t,l.atMs)/10}%" title=${l.message}></span>`)}
      </div>
      <div class="times" aria-hidden="true">${Ms(t).map(l=>d`<span style="left: ${A(t,l)/10}%">${se(l,this.language,this.zone)}</span>`)}</div>
    `}tick(e){let t=this.view===k?e/1e3:e;return _(t,Number.isInteger(t)?0:1,this.language)}point(e,t,n){let r=e.currentTarget.getBoundingClientRect(),o=n.fromMs+(e.clientX-r.left)/r.width*(n.toMs-n.fromMs),a=0;t.times.forEach((i,l)=>{Math.abs(i-o)<Math.abs((t.times[a]??0)-o)&&(a=l)}),this.at=a}key(e,t){let n={ArrowLeft:-1,ArrowRight:1}[e.key];if(n===void 0)return;e.preventDefault();let r=t.times.length-1,o=(this.at<0?r:this.at)+n;this.at=o>=r?-1:Math.max(o,0)}happenings(){return this.shown.events.length===0?c:d`<ul class="events">
      ${this.shown.events.slice(0,3).map(e=>{let t=e.load===""?"":`${e.load.replaceAll("_"," ")} `;return d`<li class="dim" title=${e.message}>
          <i class=${e.kind}></i>${se(e.atMs,this.language,this.zone)} ${t}${M(this.say,"event",e.kind)}:
          ${e.message}
        </li>`})}
    </ul>`}};function Ms(s){let t=Math.max(1,Math.ceil((s.toMs-s.fromMs)/36e5/6)),n=Math.ceil(s.fromMs/36e5)*36e5,r=[];for(let o=n;o<=s.toMs;o+=t*36e5)r.push(o);return r.filter(o=>A(s,o)>.04*z&&A(s,o)<.97*z)}v("fusebox-card-today",Qe);var et=class extends y{static{this.properties={wires:{attribute:!1},axis:{attribute:!1},say:{attribute:!1},language:{},voltage:{type:Number}}}static{this.styles=[w,f`
      .row {
        display: grid;
        grid-template-columns: 24px minmax(0, 1fr) 66px;
        gap: 10px;
        align-items: center;
        height: 40px;
      }
      .sub .row {
        height: 28px;
      }
      .phase {
        font-weight: 500;
      }
      .bar {
        position: relative;
        height: 22px;
      }
      .sub .bar {
        height: 12px;
      }
      .track,
      .bar span {
        position: absolute;
        inset-block: 0;
        transition:
          left 0.6s,
          width 0.6s;
      }
      .track {
        background: var(--fb-track);
        border-radius: 5px;
      }
      .segment {
        background: var(--c);
        box-shadow: inset -1px 0 var(--fb-card);
      }
      .bar .fuse {
        width: 3px;
        margin-inline-start: -1.5px;
        inset-block: -4px;
        border-radius: 2px;
        background: var(--fb-text);
      }
      .bar .zero {
        width: 1px;
        inset-block: -3px;
        background: var(--fb-dim);
      }
      .bar .beyond {
        background: repeating-linear-gradient(-45deg, var(--fb-bad) 0 4px, transparent 4px 7px);
      }
      .over .fuse {
        background: var(--fb-bad);
      }
      .number b {
        font-size: 16px;
        font-weight: 500;
      }
      .number small {
        display: block;
        font-size: 12px;
        line-height: 1.2;
        color: var(--fb-dim);
      }
      .sub .number b {
        font-size: 14px;
      }
      h3 {
        margin-top: 6px;
        font-size: 13px;
      }
      .axis {
        position: relative;
        height: 16px;
        font-size: 11.5px;
        color: var(--fb-dim);
      }
      .axis span {
        position: absolute;
        transform: translateX(-50%);
        white-space: nowrap;
      }
      .scale {
        height: 16px;
      }
    `]}render(){return d`${this.wires.map(e=>this.wire(e))}`}wire(e){let t=e.name==="main",n=`${_(e.fuseA,e.fuseA%1===0?0:1,this.language)} A`;return d`<section class=${t?"main":"sub"}>
      ${t?c:d`<h3>${e.name.replaceAll("_"," ")} <span class="dim">${n}</span></h3>`}
      ${e.bars.map(r=>this.bar(r,t))}
      ${t?this.scale(e.fuseA,n):c}
    </section>`}bar(e,t){let n=e.over&&(e.flowA??0)>0?this.place(e.fuseA,e.flowA??0):null;return d`<div class="row ${e.over?"over":""}">
      <span class="phase">${e.phase}</span>
      <div class="bar" role="img" aria-label=${this.told(e)}>
        <div class="track" style=${this.place(Math.max(this.axis.leftA,-e.fuseA),e.fuseA)}></div>
        ${e.segments.map(r=>d`<span
            class="segment"
            title="${this.called(r)} ${C(r.toA-r.fromA,this.language)}"
            style="--c: ${r.colour}; ${this.place(r.fromA,r.toA)}"
          ></span>`)}
        ${n===null?c:d`<span class="beyond" style=${n}></span>`}
        ${this.axis.leftA<0?d`<span class="zero" style="left: ${this.percent(0)}%"></span>`:c}
        <span class="fuse" style="left: ${this.percent(e.fuseA)}%"></span>
      </div>
      <span class="number">
        <b>${C(e.flowA,this.language)}</b>
        ${t?d`<small>${$(e.flowA===null?null:e.flowA*this.voltage,this.language)}</small>`:c}
      </span>
    </div>`}scale(e,t){return d`<div class="row scale" aria-hidden="true">
      <span></span>
      <div class="axis">
        ${this.axis.leftA<0?d`<span style="left: ${this.percent(0)}%">0</span>`:c}
        <span style="left: ${this.percent(e)}%">${t}</span>
      </div>
    </div>`}percent(e){let{leftA:t,rightA:n}=this.axis;return Math.round(1e4*(Math.min(Math.max(e,t),n)-t)/(n-t))/100}place(e,t){let n=this.percent(e);return`left: ${n}%; width: ${(this.percent(t)-n).toFixed(2)}%`}called(e){return e.title||this.say("house")}told(e){let{say:t,language:n}=this,r=e.segments.map(a=>`${this.called(a)} ${C(a.toA-a.fromA,n)}`),o=e.freeA===null?"":`${C(Math.abs(e.freeA),n)} ${t(e.freeA<0?"over":"free")}`;return[`${e.phase} ${C(e.flowA,n)} ${t("of_fuse",C(e.fuseA,n))}`,...r,o].filter(a=>a!=="").join(", ")}};v("fusebox-card-wire",et);var Os=new Set(["limited","shed","blind","recovered","escalated"]);async function fn(s,e){try{let t=await s.callWS({type:"logbook/get_events",start_time:new Date(e).toISOString(),entity_ids:[L]});return Es(t)}catch{return[]}}function Es(s){return s.flatMap(({when:t,name:n="",message:r=""})=>{let[o=""]=r.split(":",1);if(t===void 0||!Os.has(o))return[];let a=n.replace(/^Fusebox ?/,"");return[{atMs:t*1e3,kind:o,load:a==="site"?"":a,message:r.slice(o.length+1).trim()}]}).sort((t,n)=>n.atMs-t.atMs)}var gn=72;function tt(s,e){let t=e*36e5/gn,n=Math.floor(s/t)*t;return Array.from({length:gn},(r,o)=>n-o*t)}async function yn(s,e,t){let n=await s.callWS({type:"history/history_during_period",start_time:new Date(e).toISOString(),end_time:new Date(e+1).toISOString(),entity_ids:[L,...t],significant_changes_only:!1});return Cs(n,e,t)}function Cs(s,e,t){let n={};for(let[r,o]of Object.entries(s)){let a=o[0];a!==void 0&&(n[r]={entity_id:r,state:a.s,attributes:a.a??{},last_changed:""})}return n[L]===void 0?null:nt(n,e,t)}function nt(s,e,t){let n=me(s),r=t.flatMap((o,a)=>{let i=s[o];return i===void 0?[]:[ye(i,n,a,s)]});return{atMs:e,site:n,loads:r}}var oe=new Map,st=4,Rs=1e3;function bn(s,e,t){return tt(e,t).map(n=>oe.get(rt(s,n))).filter(n=>n!=null).reverse()}async function _n(s,e,t,n,r){let o=tt(t,n).filter(a=>!oe.has(rt(e,a)));oe.size>Rs&&oe.clear();for(let a=0;a<o.length;a+=st){let i=o.slice(a,a+st);try{let l=await Promise.all(i.map(u=>yn(s,u,e)));i.forEach((u,m)=>oe.set(rt(e,u),l[m]??null))}catch{return!1}a%(st*6)===0&&r()}return o.length>0&&r(),!0}function rt(s,e){return`${s.join(" ")} ${e}`}var Ts=1e4,Hs=6e4,$e=class{constructor(e){this.host=e;this.past=[];this.events=[];this.last=null;this.asked={atMs:0,hours:0};this.asking=!1}shown(e,t,n){let r=Date.now();if(this.ask(e,t,n,r),this.last===null||this.last.hours!==n||r-this.last.nowMs>Ts){let{site:o,loads:a,tariff:i}=e;this.last={looks:[...this.past,nt(t.states,r,o.loads)],loads:a,events:this.events,prices:Pt(t.states),phases:o.phases,targetW:i?.targetKw==null?null:i.targetKw*1e3,fuseA:o.fuseA,hours:n,nowMs:r}}return this.last}async ask({site:e},t,n,r){let o=r-this.asked.atMs<Hs&&this.asked.hours===n;if(this.asking||o)return;this.asking=!0,this.asked={atMs:r,hours:n};let a=()=>{this.past=bn(e.loads,r,n),this.last=null,this.host.requestUpdate()};this.events=await fn(t,r-n*36e5),await _n(t,e.loads,r,n,a),this.asking=!1,a()}};var Ls=3,Ps=6,ot=class extends y{constructor(){super();this.axis=null;this.source=new $e(this);this.wanted=t=>{let{load:n,control:r,value:o}=t.detail;this.ask(n.entity,r,o)};this.house=null,this.asks=kt}static{this.properties={config:{state:!0},house:{state:!0},asks:{state:!0}}}static{this.styles=[w,Vt]}setConfig(t){let{hours:n}=t;if(n!==void 0&&!(n>=1&&n<=48))throw new Error(`hours: ${n} is not from 1 to 48`);this.config=t}set hass(t){this.current=t,this.house=zt(t.states,this.house),this.settle()}static getConfigForm(){return nn(wn())}static getStubConfig(){return{}}getCardSize(){return 12}getGridOptions(){return{columns:"full",min_columns:6}}connectedCallback(){super.connectedCallback(),this.addEventListener("fusebox-wanted",this.wanted),this.timer=setInterval(()=>this.settle(),1e3)}disconnectedCallback(){super.disconnectedCallback(),this.removeEventListener("fusebox-wanted",this.wanted),clearInterval(this.timer)}render(){let{house:t,current:n}=this;if(t===null||n===void 0)return c;let{site:r,loads:o}=t,a=ne(n.language),i=n.language,l=Kt(r,o);return this.axis=Gt(l,this.axis),d`<ha-card>
      <div class="parts">
        <section class="wire">
          <fusebox-card-head .site=${r} .say=${a} .heading=${this.config.title??""}></fusebox-card-head>
          ${r.phases.length===0?c:d`<fusebox-card-flow .site=${r} .flow=${ge(r,o)} .say=${a} .language=${i}></fusebox-card-flow>
                <fusebox-card-wire
                  .wires=${l}
                  .axis=${this.axis}
                  .say=${a}
                  .language=${i}
                  .voltage=${r.voltageV}
                ></fusebox-card-wire>`}
          ${t.tariff===null?c:d`<fusebox-card-tariff .tariff=${t.tariff} .say=${a} .language=${i}></fusebox-card-tariff>`}
        </section>
        <section class="loads">${this.loads(t,a,i)}</section>
        ${this.config.hide_today===!0||r.phases.length===0?c:d`<section class="today">${this.today(t,n,a)}</section>`}
      </div>
    </ha-card>`}loads({site:t,loads:n,groups:r},o,a){let i=this.config.controls??"auto",l=i==="always"||i==="auto"&&n.length<=Ls;return d`
      ${n.map(u=>d`<fusebox-card-load
          .load=${u}
          .asks=${this.asks}
          .say=${o}
          .language=${a}
          .pinned=${l}
        ></fusebox-card-load>`)}
      ${n.length===0&&t.state!=="missing"?d`<p class="dim">${o("no_loads")}</p>`:c}
      ${r.map(u=>d`<fusebox-card-radiators .group=${u} .say=${o}></fusebox-card-radiators>`)}
    `}today(t,n,r){return d`<fusebox-card-today
      .shown=${this.source.shown(t,n,this.config.hours??Ps)}
      .say=${r}
      .language=${n.language}
      .zone=${n.config?.time_zone}
    ></fusebox-card-today>`}async ask(t,n,r){let o=this.house?.loads.find(u=>u.entity===t);if(o===void 0||this.current===void 0)return;let a=x(o,n),i=Date.now();this.asks=At(this.asks,a,r,i);let l=await Dt(this.current,o,n,r);this.asks=St(this.asks,a,i,l,Date.now()),this.settle()}settle(){this.asks.size!==0&&(this.asks=Mt(this.asks,t=>this.shown(t),Date.now()))}shown(t){let[n,r]=t.split(" "),o=this.house?.loads.find(a=>a.entity===n);return o===void 0?null:Ut(o,r)}};function wn(){return document.documentElement.lang||"en"}v("fusebox-card",ot);var Ns=window.customCards??=[],vn=ne(wn());Ns.push({type:"fusebox-card",name:vn("name"),description:vn("description"),preview:!0});export{ot as FuseboxCard};
